"""Contacts: what is published, who sees more, and the way out of an import."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Consent, LawfulBasis
from common.models import Change, Effect
from firms.models import Contact, ContactSource, ContactView, ContactVisibility
from firms.services import contacts as services
from firms.services.contacts import notices
from firms.services.contacts.revealing import PER_DAY
from registry.privacy import erasing
from tests.factories import NOW, ContactFactory, ContactViewFactory, UserFactory
from tests.firms.actors import ACTORS, Cast, make_cast

pytestmark = pytest.mark.django_db
GIVEN = {
    "role": "Compras",
    "role_email": "compras@vina.example",
    "name": "Ana Prueba",
    "phone": "+56 2 2345 6789",
    "visibility": ContactVisibility.ON_REQUEST,
    "lawful_basis": LawfulBasis.CONSENT,
}


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.")


def test_an_editor_adds_a_contact_with_its_entry_in_the_ledger(cast: Cast) -> None:
    address = reverse("firms:contacts", args=[cast.organization.public_id])
    assert cast.browser("owner").post(address, GIVEN).status_code == 303
    contact = Contact.objects.get()
    entry = Consent.objects.get(contact=contact.public_id)
    assert (entry.basis, entry.withdrawn_at) == (LawfulBasis.CONSENT, None)
    assert cast.browser("colleague").post(address, GIVEN).status_code == 404


def test_a_name_is_not_shown_without_consent(cast: Cast) -> None:
    address = reverse("firms:contacts", args=[cast.organization.public_id])
    given = GIVEN | {"lawful_basis": LawfulBasis.LEGITIMATE_INTEREST}
    answer = cast.browser("owner").post(address, given)
    assert answer.status_code == 422
    assert "Ana Prueba" in answer.content.decode()  # what was typed is kept
    assert not Contact.objects.exists()


@pytest.mark.parametrize("actor", ACTORS)
def test_the_page_shows_the_role_and_no_name(cast: Cast, actor: str) -> None:
    ContactFactory(organization=cast.organization, **GIVEN)
    address = reverse("firms:organization", args=[cast.organization.public_id])
    page = cast.browser(actor).get(address).content.decode()
    assert "compras@vina.example" in page
    assert "Ana Prueba" not in page
    assert "2345" not in page


def test_who_asks_sees_more_and_the_organization_sees_who_asked(cast: Cast) -> None:
    contact = ContactFactory(organization=cast.organization, **GIVEN)
    address = reverse("firms:contact-reveal", args=[contact.public_id])
    assert "Ana Prueba" in cast.browser("outsider").post(address).content.decode()
    assert cast.browser("anonymous").post(address).status_code == 302
    assert ContactView.objects.get().viewer == cast.outsider
    log = cast.browser("owner").get(reverse("firms:contacts", args=[cast.organization.public_id]))
    assert cast.outsider.name in log.content.decode()


@pytest.mark.parametrize("visibility", [ContactVisibility.ROLE, ContactVisibility.PRIVATE])
def test_what_is_not_open_is_not_revealed(cast: Cast, visibility: str) -> None:
    given = GIVEN | {"visibility": visibility}
    contact = ContactFactory(organization=cast.organization, **given)
    address = reverse("firms:contact-reveal", args=[contact.public_id])
    assert cast.browser("outsider").post(address).status_code == 404
    assert cast.browser("colleague").post(address).status_code == 200


def test_contacts_are_not_collected_by_the_hundred() -> None:
    person = UserFactory()
    ContactViewFactory.create_batch(PER_DAY, viewer=person)
    with pytest.raises(services.CannotReveal):
        services.reveal_contact(by=person, contact=ContactFactory(), now=NOW)
    tomorrow = NOW + dt.timedelta(days=1, minutes=1)
    assert services.reveal_contact(by=person, contact=ContactFactory(), now=tomorrow)


def test_history_keeps_that_a_contact_changed_and_not_whose_it_is(cast: Cast) -> None:
    contact = ContactFactory(organization=cast.organization, **GIVEN)
    contact.name = "Otra Persona"
    contact.save()
    contact.delete()
    kept = str(list(Change.objects.filter(part="firms_contact").values_list("data", flat=True)))
    assert "Ana" not in kept
    assert "Otra" not in kept
    assert "2345" not in kept


def imported() -> Contact:
    return ContactFactory(
        source=ContactSource.IMPORT, source_name="DENUE 2025", role_email="a@fuente.example"
    )


def test_who_was_imported_is_told_once() -> None:
    imported()
    ContactFactory(role_email="propio@ejemplo.org")
    assert services.write_notices(now=NOW) == 1
    assert services.write_notices(now=NOW) == 0
    letter = Effect.objects.get(recipient="a@fuente.example")
    assert "DENUE 2025" in letter.payload["body"]
    assert "/privacy/contact/" in letter.payload["body"]


def test_a_link_takes_a_contact_off_for_good(client: Any) -> None:
    contact = imported()
    address = notices.removal_link(contact)
    path = address[address.index("/es/") :]
    assert client.get(path).status_code == 200
    assert Contact.objects.exists()  # a GET changes nothing
    assert client.post(path).status_code == 200
    assert not Contact.objects.exists()
    assert services.has_objected("A@fuente.example")
    assert client.get(path).status_code == 200
    again = ContactFactory(public_id=contact.public_id)  # an old copy of the database comes back
    assert erasing.replay() == (0, 1)
    assert not Contact.objects.filter(pk=again.pk).exists()


def test_a_link_that_was_not_ours_removes_nobody(client: Any) -> None:
    imported()
    assert client.post(reverse("privacy:contact-removal", args=["x:y:z"])).status_code == 200
    assert Contact.objects.exists()


def test_no_source_lists_again_who_asked_not_to_be() -> None:
    contact = imported()
    digest = services.fingerprint(contact.mailbox)
    services.forget_contact(public_id=contact.public_id, digest=digest, now=NOW)
    content = services.ContactContent(
        role="Ventas",
        role_email="A@fuente.example",
        lawful_basis=LawfulBasis.LEGITIMATE_INTEREST,
        source=ContactSource.IMPORT,
        source_name="Otra fuente",
    )
    with pytest.raises(services.CannotListContact):
        services.keep_contact(organization=contact.organization, content=content, now=NOW)
    assert not Contact.objects.exists()


def test_signing_up_enters_the_ledger(client: Any) -> None:
    given = {"email": "nueva@ejemplo.org", "password1": "una frase larga de prueba"}
    client.post(reverse("account_signup"), given)
    entry = Consent.objects.get(user__email="nueva@ejemplo.org")
    assert (entry.purpose, entry.basis) == ("account", LawfulBasis.CONTRACT)

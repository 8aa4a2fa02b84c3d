"""Every writer leaves a trace, and the trace stays."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from common.history import Actor, acting
from common.models import Change
from firms.models import Offer, Organization, Role
from firms.services.imports.copying import copy_in
from tests.factories import (
    ClassificationFactory,
    MembershipFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


def changes(**of: object) -> list[Change]:
    return list(Change.objects.filter(**of).order_by("id"))


def test_an_update_keeps_the_old_and_the_new_value() -> None:
    organization = OrganizationFactory(one_line="Hace vinos")
    Organization.objects.filter(pk=organization.pk).update(one_line="Hace vinos y pisco")
    (change,) = changes(operation="U")
    assert change.data == {"one_line": ["Hace vinos", "Hace vinos y pisco"]}
    assert (change.subject, change.subject_id) == ("organization", organization.pk)
    assert (change.part, change.row_id) == ("firms_organization", organization.pk)


def test_raw_sql_and_bulk_writes_are_kept_too() -> None:
    rows = OrganizationFactory.create_batch(3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE firms_organization SET website = 'https://a.example'")
    for row in rows:
        row.acronym = "ABC"
    Organization.objects.bulk_update(rows, ["acronym"])
    names = [list(change.data) for change in changes(operation="U")]
    assert sorted(names) == [["acronym"]] * 3 + [["website"]] * 3


def test_a_copy_is_kept_with_its_actor() -> None:
    fresh = OrganizationFactory.build(country=OrganizationFactory().country)
    with acting(Actor("job:import.ror", person=lambda: 7)):
        copy_in(rows=[fresh])
    (change,) = changes(part="firms_organization", row_id=fresh.pk)
    assert (change.operation, change.origin, change.actor_id) == ("I", "job:import.ror", 7)
    assert change.data["legal_name"] == fresh.legal_name
    assert "closed_on" not in change.data


def test_bookkeeping_is_no_change() -> None:
    organization = OrganizationFactory()
    organization.revision += 1
    organization.save()
    assert not changes(operation="U")


def test_links_of_an_offer_belong_to_its_organization() -> None:
    offer = OfferFactory()
    offer.classifications.add(ClassificationFactory(code="1101"))
    (change,) = changes(part="firms_offer_classifications", item="offer", item_id=offer.pk)
    assert (change.subject, change.subject_id) == ("organization", offer.organization_id)


def test_what_is_deleted_is_told_with_its_values() -> None:
    site = SiteFactory(address="Calle Larga 12")
    site.delete()
    (change,) = changes(operation="D", part="firms_site")
    assert change.data["address"] == "Calle Larga 12"
    assert change.subject_id == site.organization_id


REWRITES = ("UPDATE common_change SET origin = 'x'", "DELETE FROM common_change")


@pytest.mark.parametrize("rewrite", REWRITES)
def test_history_is_not_rewritten(rewrite: str) -> None:
    OrganizationFactory()
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(rewrite)
    assert Change.objects.exists()


def test_the_innermost_actor_counts_and_is_forgotten() -> None:
    offer = OfferFactory()
    with acting(Actor("web", person=lambda: 1, request="r-1")):
        Offer.objects.update(title="Uno")
        with acting(Actor("job:x", person=lambda: 2)):
            Offer.objects.update(title="Dos")
        Offer.objects.update(title="Tres")
    Offer.objects.update(title="Cuatro")
    told = [(c.data["title"][1], c.actor_id, c.origin, c.request) for c in changes(operation="U")]
    assert told == [
        ("Uno", 1, "web", "r-1"),
        ("Dos", 2, "job:x", ""),
        ("Tres", 1, "web", "r-1"),
        ("Cuatro", None, "", ""),
    ]
    assert offer.pk


@pytest.mark.django_db(transaction=True)
def test_the_actor_outlives_a_rollback_and_is_not_left_behind() -> None:
    OfferFactory()
    with acting(Actor("web", person=lambda: 1)):
        with transaction.atomic():
            Offer.objects.update(title="Nada")
            transaction.set_rollback(True)
        Offer.objects.update(title="Uno")
    Offer.objects.update(title="Dos")
    told = [(c.data["title"][1], c.actor_id) for c in changes(operation="U")]
    assert told == [("Uno", 1), ("Dos", None)]


def test_a_request_names_its_person(client: Client) -> None:
    boss = MembershipFactory(role=Role.ADMINISTRATOR)
    other = MembershipFactory(organization=boss.organization, role=Role.READER)
    client.force_login(boss.user)
    address = reverse(
        "firms:person-remove", args=[boss.organization.public_id, other.user.public_id]
    )
    assert client.post(address, HTTP_X_REQUEST_ID="r-9").status_code == 303
    (change,) = changes(part="firms_membership", operation="D")
    assert (change.actor_id, change.origin, change.request) == (boss.user_id, "web", "r-9")
    assert change.data["user_id"] == other.user_id

"""Writing a need step by step: before an account, through sign-up, until it is published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firms.models import CloseReason, ListingStatus, Need
from matching.models import NeedSketch
from matching.services.answered import answered_before
from tests.factories import (
    NOW,
    TODAY,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    NeedFactory,
    OfferFactory,
)
from tests.firms.actors import Cast, make_cast
from tests.matching.run import match_offer
from tests.matching.test_pages import HTMX

pytestmark = pytest.mark.django_db

SENTENCE = "Etiquetas para 8.000 botellas cerca de Curicó, con FSC, antes de enero"


@pytest.fixture
def cast() -> Cast:
    CityFactory(name="Curicó", search_name="curico")
    CertificateStandardFactory(code="fsc", label_es="FSC, cadena de custodia")
    offer = OfferFactory(title="Etiquetas para botellas")
    offer.classifications.add(ClassificationFactory(code="1812", label_es="Impresión"))
    match_offer(offer)
    return make_cast()


def step(sketch: NeedSketch, name: str) -> str:
    return reverse("matching:write-step", args=[sketch.public_id, name])


def test_a_need_is_written_before_an_account_and_published_after_sign_up(cast: Cast) -> None:
    browser = Client()
    begun = browser.post(reverse("matching:write"), {"q": SENTENCE}, follow=True)
    sketch = NeedSketch.objects.get()
    assert 'value="8.000 botellas"' in begun.content.decode()
    assert Client().get(step(sketch, "what")).status_code == 404

    what = {"classifications": "isic4:1812", "quantity": "8.000 botellas", "certificates": "fsc"}
    where_page = browser.post(step(sketch, "what"), what, follow=True).content.decode()
    assert 'value="Curicó, CL-LI"' in where_page
    assert 'value="2026-12-31"' in where_page
    # nobody holds FSC: one tap lets the condition go
    assert 'name="relax" value="certificates"' in where_page
    assert "Le falta mostrar vigente: FSC" in where_page
    where = {"place": "Curicó", "reach": "national", "urgency": "quarter", "deliver_by": ""}
    browser.post(step(sketch, "where"), where | {"relax": "certificates"})
    browser.post(step(sketch, "where"), where)
    browser.post(step(sketch, "who"), {"visibility": "public", "open_to_contact": "on"})
    sign_up = browser.post(step(sketch, "review"))
    assert sign_up["Location"].startswith(reverse("account_signup") + "?next=")
    assert not Need.objects.exists()

    browser.force_login(cast.owner)  # as signing up does: the browser's session goes on
    published = browser.post(step(sketch, "review"))
    need = Need.objects.get()
    assert published["Location"] == reverse("matching:for-need", args=[need.public_id])
    assert (need.organization, need.status) == (cast.organization, ListingStatus.PUBLISHED)
    assert need.title == SENTENCE
    assert "8.000 botellas" in need.description
    assert not need.required_certificates.exists()
    assert [entry.code for entry in need.classifications.all()] == ["1812"]
    assert browser.post(step(sketch, "review"))["Location"] == published["Location"]
    assert Need.objects.count() == 1


def test_wrong_answers_are_kept_and_told_and_others_cannot_go_on_with_them(cast: Cast) -> None:
    browser = cast.browser("owner")
    assert browser.post(reverse("matching:write"), {"q": ""}).status_code == 422
    browser.post(
        reverse("matching:write"), {"q": SENTENCE, "sector": "wine", "ask_volume": "80 hl"}
    )
    sketch = NeedSketch.objects.get(owner=cast.owner)
    wrong = browser.post(step(sketch, "where"), {"place": "Zzyzx", "reach": "radius", "km": "0"})
    html = wrong.content.decode()
    assert wrong.status_code == 422
    assert "No conocemos ese lugar" in html
    assert 'value="Zzyzx"' in html
    sketch.refresh_from_db()
    assert sketch.answers["where"]["place"] == ["Zzyzx"]
    # the review leads back to what is missing
    assert browser.get(step(sketch, "review"))["Location"] == step(sketch, "what")
    for other in ("colleague", "outsider", "anonymous"):
        assert cast.browser(other).get(step(sketch, "what")).status_code == 404
    listed = browser.get(reverse("matching:write")).content.decode()
    assert "Etiquetas para 8.000 botellas" in listed
    browser.post(step(sketch, "what"), {"intent": "discard"})
    assert not NeedSketch.objects.filter(pk=sketch.pk).exists()


def test_who_has_no_organization_registers_it_and_finds_the_need_again(cast: Cast) -> None:
    browser = Client()
    browser.post(reverse("matching:write"), {"q": SENTENCE})
    sketch = NeedSketch.objects.get()
    browser.post(step(sketch, "what"), {"quantity": "8.000"})
    browser.post(step(sketch, "where"), {"reach": "national", "urgency": "now"})
    browser.post(step(sketch, "who"), {"visibility": "members"})
    from_nowhere = cast.outsider
    from_nowhere.memberships.all().delete()
    browser.force_login(from_nowhere)
    answer = browser.post(step(sketch, "review"))
    assert answer["Location"] == reverse("firms:organization-create")
    sketch.refresh_from_db()
    assert sketch.owner == from_nowhere
    assert SENTENCE in cast.browser("outsider").get(reverse("matching:write")).content.decode()


def test_the_count_follows_what_is_typed_and_stores_nothing(cast: Cast) -> None:
    browser = cast.browser("owner")
    browser.post(reverse("matching:write"), {"q": "Etiquetas para botellas"})
    sketch = NeedSketch.objects.get()
    url = step(sketch, "what")
    page = browser.get(url).content.decode()
    same = browser.get(url, headers=HTMX).content.decode()
    assert same.strip() in page
    assert "<b>1 organización</b>" in same
    typed: dict[str, Any] = {"live": "1", "certificates": "fsc"}
    part = browser.get(url, typed, headers=HTMX).content.decode()
    assert "<b>0 organizaciones</b>" in part
    sketch.refresh_from_db()
    assert "what" not in sketch.answers


def test_who_asks_not_to_be_named_is_not_and_a_text_that_tells_is_held_back(cast: Cast) -> None:
    browser = cast.browser("owner")
    name = cast.organization.legal_name
    for sentence in (f"Etiquetas para {name}, con papel reciclado", "Etiquetas para botellas"):
        browser.post(reverse("matching:write"), {"q": sentence})
        sketch = NeedSketch.objects.filter(finished_at=None).latest("pk")
        browser.post(step(sketch, "what"), {"quantity": "8.000"})
        browser.post(step(sketch, "where"), {"reach": "national", "urgency": "now"})
        browser.post(step(sketch, "who"), {"visibility": "public", "is_anonymous": "on"})
        answer = browser.post(step(sketch, "review"))
        assert answer.status_code == (422 if name in sentence else 303)
        if name in sentence:
            assert "el texto lo deja ver" in answer.content.decode()
            browser.post(step(sketch, "review"), {"intent": "discard"})
    need = Need.objects.get()
    assert need.is_anonymous
    assert name not in Client().get(reverse("matching:write")).content.decode()


def test_who_sells_is_led_to_an_offer_with_the_sentence(cast: Cast) -> None:
    sent = {"q": "Vendo etiquetas", "flow": "sell"}
    answer = cast.browser("anonymous").post(reverse("matching:write"), sent)
    assert answer["Location"] == f"{reverse('firms:offer-create')}?q=Vendo+etiquetas"


def test_needs_answered_before_are_told_in_counts_of_three_organizations_or_more() -> None:
    entry = ClassificationFactory(code="1812")
    closed = {
        "status": ListingStatus.FULFILLED,
        "close_reason": CloseReason.SOLVED_HERE,
        "closed_on": TODAY,
        "published_at": NOW,
    }
    first = NeedFactory(**closed)
    for need in (
        first,
        NeedFactory(**closed),
        NeedFactory(**closed, organization=first.organization),
    ):
        need.classifications.add(entry)
    assert answered_before([entry], today=TODAY) is None
    NeedFactory(**closed).classifications.add(entry)
    found = answered_before([entry], today=TODAY)
    assert found is not None
    assert (found.closed, found.solved, found.days) == (4, 4, 1)

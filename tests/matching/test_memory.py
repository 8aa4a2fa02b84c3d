"""What a person said about matches: kept, felt elsewhere, shown, and taken back."""

import datetime as dt

import pytest
from django.urls import reverse

from firms.models import Certificate, Need
from matching.models import DismissReason, MatchAnswer, MatchResponse
from matching.services.reading import matches_of_need
from matching.services.remembered import with_memory
from tests.factories import (
    TODAY,
    CertificateStandardFactory,
    NeedFactory,
    OfferFactory,
)
from tests.firms.actors import Cast, make_cast
from tests.matching.run import match_need, match_offer

pytestmark = pytest.mark.django_db

TITLE = "Etiquetas autoadhesivas para botellas de vino"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def order(need: Need, cast: Cast) -> list[tuple[int, bool, bool]]:
    """Return the organizations in order: which, whether put aside, whether lowered."""
    found = matches_of_need(need, actor=cast.owner, today=TODAY, with_gates=False)
    return [
        (
            each.ranked.organization.pk,
            bool(each.response and each.response.answer == MatchAnswer.DISMISSED),
            each.lowered is not None,
        )
        for each in with_memory(found, actor=cast.owner, today=TODAY).ranked
    ]


def test_a_dismissal_stays_lowers_the_like_elsewhere_and_is_undone_on_one_page(cast: Cast) -> None:
    first, second = NeedFactory.create_batch(2, organization=cast.organization, title=TITLE)
    one, two = OfferFactory(title=TITLE), OfferFactory(title=TITLE)
    for offer in (one, two):
        match_offer(offer)
    for need in (first, second):
        match_need(need)
    a, b = one.organization_id, two.organization_id
    assert order(second, cast) == [(a, False, False), (b, False, False)]
    browser = cast.browser("owner")
    url = reverse("matching:respond", args=[first.public_id, one.public_id])
    browser.post(url, {"answer": "dismissed", "reason": DismissReason.OTHER})
    # the same need never asks again, not even for a new offer of theirs
    match_offer(OfferFactory(title=TITLE, organization=one.organization))
    one.title = "Otra cosa"
    match_need(first)
    assert (a, True, False) in order(first, cast)
    # another need has them a little lower, and says why
    assert order(second, cast) == [(b, False, False), (a, False, True)]
    page = browser.get(reverse("matching:for-need", args=[second.public_id])).content.decode()
    assert "La bajamos porque ya la descartó: «Otro motivo»" in page
    assert cast.browser("colleague").get(reverse("matching:memory")).status_code == 200
    memory = browser.get(reverse("matching:memory")).content.decode()
    assert one.organization.name in memory
    back = browser.post(url, {"answer": "", "back": "memory"})
    assert back["Location"] == reverse("matching:memory")
    assert {lowered for *_, lowered in order(second, cast)} == {False}


def test_who_was_met_before_is_put_aside_in_every_need_until_undone(cast: Cast) -> None:
    first, second = NeedFactory.create_batch(2, organization=cast.organization, title=TITLE)
    offer = OfferFactory(title=TITLE)
    match_offer(offer)
    for need in (first, second):
        match_need(need)
    browser = cast.browser("owner")
    url = reverse("matching:respond", args=[first.public_id, offer.public_id])
    browser.post(url, {"answer": "dismissed", "reason": DismissReason.KNOWN})
    assert order(second, cast) == [(offer.organization_id, True, False)]
    page = browser.get(reverse("matching:for-need", args=[second.public_id])).content.decode()
    assert url in page  # undoing it here undoes it where it was said
    browser.post(url, {"answer": ""})
    assert order(second, cast) == [(offer.organization_id, False, False)]


def test_what_was_seen_is_kept_and_the_new_one_stands_out(cast: Cast) -> None:
    need = NeedFactory(organization=cast.organization, title=TITLE)
    match_offer(OfferFactory(title=TITLE))
    match_need(need)
    browser, url = cast.browser("owner"), reverse("matching:for-need", args=[need.public_id])
    assert browser.post(url).status_code == 204
    assert browser.post(url).status_code == 204
    assert MatchResponse.objects.get().answer == MatchAnswer.SEEN
    assert "Nueva" not in browser.get(url).content.decode()
    match_offer(OfferFactory(title=TITLE))
    assert browser.get(url).content.decode().count("Nueva<") == 1


def test_four_at_most_are_compared_and_hidden_certificates_are_not_quoted(cast: Cast) -> None:
    need = NeedFactory(organization=cast.organization, title=TITLE)
    standard = CertificateStandardFactory(code="fsc", label_es="FSC, cadena de custodia")
    offers = [OfferFactory(title=TITLE, is_anonymous=number == 0) for number in range(5)]
    for offer in offers:
        Certificate.objects.create(
            organization=offer.organization,
            standard=standard,
            valid_until=TODAY + dt.timedelta(days=2),
        )
        match_offer(offer)
    match_need(need)
    url = reverse("matching:compare", args=[need.public_id])
    query = "&".join(f"with={offer.public_id}" for offer in offers)
    html = cast.browser("anonymous").get(f"{url}?{query}").content.decode()
    assert html.count('scope="col"') == 4
    assert "cuatro como máximo" in html
    assert offers[0].organization.name not in html
    one = cast.browser("anonymous").get(f"{url}?with={offers[1].public_id}").content.decode()
    assert "FSC" in one
    assert offers[2].organization.name not in one
    nobody = cast.browser("anonymous").get(f"{url}?with=nonsense").content.decode()
    assert "Elija qué comparar" in nobody

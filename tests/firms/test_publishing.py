import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from common.jobs.models import Job
from firms.models import UNSHOWN, CloseReason, Need, Offer, Organization, Reach, Visibility
from firms.models.listing_choices import ListingStatus
from tests.factories import (
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    RegionFactory,
    UserFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
OPEN = {"valid_from": TODAY, "valid_until": TODAY + dt.timedelta(days=30)}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def typed() -> dict[str, Any]:
    return {
        "title": "Etiquetas para 8.000 botellas",
        "language": "es",
        "city": str(CityFactory(name="Santa Cruz").geonames_id),
        "reach": Reach.NATIONAL,
        "visibility": Visibility.PUBLIC,
        "open_to_contact": "on",
        "urgency": "now",
        "kind": "product",
    }


def send(cast: Cast, actor: str, name: str, data: dict[str, Any], *args: Any) -> Any:
    return cast.browser(actor).post(reverse(f"firms:{name}", args=args), data)


def test_one_sentence_and_a_place_are_enough_to_publish(cast: Cast, typed: dict[str, Any]) -> None:
    answer = send(cast, "owner", "need-create", typed | {"action": "publish"})
    need = Need.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("firms:need", args=[need.public_id]),
    )
    assert (need.status, need.place_name) == (ListingStatus.PUBLISHED, "Santa Cruz")
    assert Job.objects.filter(kind="need.match", key=need.pk).exists()


@pytest.mark.parametrize(("kind", "model"), [("need", Need), ("offer", Offer)])
def test_a_draft_asks_for_nothing_and_is_published_from_its_page(
    cast: Cast, typed: dict[str, Any], kind: str, model: Any
) -> None:
    send(cast, "owner", f"{kind}-create", typed | {"action": "draft"})
    listing = model.objects.get()
    assert listing.status == ListingStatus.DRAFT
    assert not Job.objects.filter(kind=f"{kind}.match").exists()
    send(cast, "owner", f"{kind}-move", {}, listing.public_id, "publish")
    listing.refresh_from_db()
    assert listing.status == ListingStatus.PUBLISHED


def test_everything_that_is_written_is_kept(cast: Cast, typed: dict[str, Any]) -> None:
    ClassificationFactory(scheme="cpv2008", code="22820000")
    CertificateStandardFactory(code="fsc")
    region = RegionFactory(code="CL-ML")
    whole = typed | {
        "summary": "Papel certificado",
        "description": "Resiste cubo de hielo",
        "classifications": ["cpv2008:22820000"],
        "reach": Reach.TERRITORIES,
        "reach_units": [region.code],
        "required_certificates": ["fsc"],
        "partnerships": ["supply", "service"],
        "wanted_sizes": ["small"],
        "budget_min": "1000",
        "budget_max": "2500,50",
        "currency": "CLP",
        "deliver_by": "2027-01-31",
    }
    send(cast, "owner", "need-create", whole)
    need = Need.objects.get()
    assert (need.budget_min, float(need.budget_max or 0), need.currency) == (1000, 2500.5, "CLP")
    assert need.deliver_by == dt.date(2027, 1, 31)
    assert [c.code for c in need.classifications.all()] == ["22820000"]
    assert [u.code for u in need.reach_units.all()] == ["CL-ML"]
    assert (need.partnerships, need.wanted_sizes) == (["supply", "service"], ["small"])
    page = cast.browser("owner").get(reverse("firms:need-edit", args=[need.public_id]))
    for words in ("Resiste cubo de hielo", 'value="cpv2008:22820000" checked', "2027-01-31"):
        assert words in page.content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "requerido"),
        ({"title": "x" * 161}, "160"),
        ({"city": ""}, "Busque una ciudad"),
        ({"city": "", "region": "XX"}, "Esa opción no está"),
        ({"reach": "radius"}, "entre 1 y 2.000 km"),
        ({"reach": "radius", "reach_km": "0"}, "mayor o igual a 1"),
        ({"reach": "radius", "reach_km": "2001"}, "2000"),
        ({"reach": "territories"}, "Marque al menos una"),
        ({"reach": "galaxia"}, "no es una de las opciones"),
        ({"classifications": ["cpv2008:1", "x", ":"]}, "ya no existe"),
        ({"partnerships": ["supply", "service", "license", "research"]}, "tres como máximo"),
        ({"budget_min": "9", "budget_max": "1", "currency": "CLP"}, "menor que el mínimo"),
        ({"budget_max": "1"}, "moneda"),
        ({"budget_max": "-1", "currency": "CLP"}, "0"),
        ({"budget_max": "1e400", "currency": "CLP"}, "dígitos"),
        ({"budget_max": "NaN", "currency": "CLP"}, "número"),
        ({"deliver_by": "mañana"}, "fecha"),
        ({"visibility": "todos"}, "no es una de las opciones"),
        ({"description": "nulo\0"}, "nulo"),
    ],
)
def test_a_wrong_field_answers_422_and_keeps_what_was_typed(
    cast: Cast, typed: dict[str, Any], change: dict[str, Any], says: str
) -> None:
    answer = send(cast, "owner", "need-create", typed | {"summary": "Papel de verdad"} | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Papel de verdad" in page
    assert not Need.objects.exists()


def test_looking_for_a_city_keeps_what_was_typed_and_stores_nothing(
    cast: Cast, typed: dict[str, Any]
) -> None:
    CityFactory(name="Curicó", search_name="curico")
    looking = typed | {"title": "", "summary": "A medias", "city_search": "Curicó", "look": "city"}
    answer = send(cast, "owner", "need-create", looking)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Curicó" in page
    assert "A medias" in page
    assert 'class="errors"' not in page
    assert not Need.objects.exists()


def test_what_a_reach_does_not_need_is_not_kept(cast: Cast, typed: dict[str, Any]) -> None:
    region = RegionFactory(code="CL-ML")
    extra = {"reach": Reach.NATIONAL, "reach_km": "50", "reach_units": [region.code]}
    send(cast, "owner", "offer-create", typed | extra)
    offer = Offer.objects.get()
    assert (offer.reach_km, offer.reach_units.count()) == (None, 0)


def test_who_has_no_organization_is_led_to_register_one(cast: Cast, client: Any) -> None:
    client.force_login(UserFactory())
    answer = client.get(reverse("firms:need-create"))
    assert answer.status_code == 303
    assert answer["Location"] == reverse("firms:organization-create")


def test_a_reader_of_the_organization_does_not_publish_for_it(
    cast: Cast, typed: dict[str, Any]
) -> None:
    answer = send(cast, "colleague", "need-create", typed)
    assert answer["Location"] == reverse("firms:organization-create")
    assert not Need.objects.exists()


def test_another_organization_in_the_form_is_not_written_for(
    cast: Cast, typed: dict[str, Any]
) -> None:
    other = Organization.objects.get(memberships__user=cast.outsider)
    send(cast, "owner", "need-create", typed | {"organization": str(other.public_id)})
    assert Need.objects.get().organization == cast.organization


def test_who_edits_for_two_chooses_which_one_publishes(cast: Cast, typed: dict[str, Any]) -> None:
    second = MembershipFactory(user=cast.owner).organization
    page = cast.browser("owner").get(reverse("firms:need-create")).content.decode()
    assert second.name in page
    send(cast, "owner", "need-create", typed | {"organization": str(second.public_id)})
    assert Need.objects.get().organization == second


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("kind", "factory"), [("need", NeedFactory), ("offer", OfferFactory)])
@pytest.mark.parametrize("page", ["edit", "hold"])
def test_only_an_editor_changes_a_listing(
    cast: Cast, typed: dict[str, Any], actor: str, kind: str, factory: Any, page: str
) -> None:
    listing = factory(organization=cast.organization, **OPEN)
    if page == "edit":
        answer = send(cast, actor, f"{kind}-edit", typed, listing.public_id)
    else:
        answer = send(cast, actor, f"{kind}-move", {}, listing.public_id, "hold")
    listing.refresh_from_db()
    assert (listing.revision == 2) == (actor == "owner")
    assert answer.status_code == {"owner": 303, "anonymous": 302}.get(actor, 404)


def move(cast: Cast, need: Need, name: str, **data: str) -> Any:
    answer = send(cast, "owner", "need-move", data, need.public_id, name)
    need.refresh_from_db()
    return answer


def test_a_need_is_paused_resumed_renewed_closed_and_archived(cast: Cast) -> None:
    need = NeedFactory(organization=cast.organization, **OPEN)
    move(cast, need, "hold")
    assert need.status == ListingStatus.ON_HOLD
    move(cast, need, "resume")
    assert need.status == ListingStatus.PUBLISHED
    move(cast, need, "renew")
    assert need.valid_until == TODAY + dt.timedelta(days=120)
    assert move(cast, need, "close").status_code == 422
    assert move(cast, need, "close", reason="porque sí").status_code == 422
    move(cast, need, "close", reason=CloseReason.SOLVED_HERE)
    assert (need.status, need.closed_on) == (ListingStatus.FULFILLED, TODAY)
    move(cast, need, "hold")
    assert need.status == ListingStatus.FULFILLED
    move(cast, need, "archive")
    assert need.status == ListingStatus.ARCHIVED
    assert move(cast, need, "volar").status_code == 404


def test_a_closed_need_sends_its_editor_back_to_the_page(cast: Cast, typed: dict[str, Any]) -> None:
    closing = {"close_reason": CloseReason.CANCELLED, "closed_on": TODAY}
    need = NeedFactory(organization=cast.organization, status=ListingStatus.FULFILLED, **closing)
    answer = send(cast, "owner", "need-edit", typed, need.public_id)
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("firms:need", args=[need.public_id]),
    )


@pytest.mark.parametrize("status", list(ListingStatus))
@pytest.mark.parametrize("actor", ["owner", "anonymous"])
def test_a_page_shows_each_state(cast: Cast, status: str, actor: str) -> None:
    closing = {"close_reason": CloseReason.CANCELLED, "closed_on": TODAY}
    offer = OfferFactory(organization=cast.organization, status=status, **OPEN, **closing)
    answer = cast.browser(actor).get(reverse("firms:offer", args=[offer.public_id]))
    hidden = status in UNSHOWN and actor == "anonymous"
    assert answer.status_code == (404 if hidden else 200)


@pytest.mark.parametrize(("actor", "queries"), [("anonymous", 7), ("owner", 11)])
@pytest.mark.parametrize("many", [3, 30])
def test_a_need_asks_as_often_for_30_rows_as_for_3(
    cast: Cast, actor: str, queries: int, many: int, django_assert_num_queries: Any
) -> None:
    need = NeedFactory(organization=cast.organization, reach=Reach.TERRITORIES, **OPEN)
    for n in range(many):
        need.classifications.add(ClassificationFactory(code=f"{n:04}"))
        need.required_certificates.add(CertificateStandardFactory(code=f"c{n}"))
        need.reach_units.add(RegionFactory(code=f"CL-{n}"))
    browser, url = cast.browser(actor), reverse("firms:need", args=[need.public_id])
    browser.get(url)
    with django_assert_num_queries(queries):
        assert browser.get(url).status_code == 200

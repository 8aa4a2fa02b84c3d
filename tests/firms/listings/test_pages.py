import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from common.jobs.work import Work
from common.models import Effect
from firms.models import Case, CaseKind, CaseOutcome, ListingStatus, Need, Offer
from firms.policies import visible_offers
from firms.services.decisions import Ruling, decide_case
from firms.services.listing_clocks import renewal_token, warn_of_expiry
from tests.factories import (
    AffiliationFactory,
    CityFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OfferTextFactory,
    TechnologyFactory,
    UserFactory,
)
from tests.firms.actors import Cast, make_cast

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
OPEN = {"valid_from": TODAY, "valid_until": TODAY + dt.timedelta(days=5)}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def typed() -> dict[str, Any]:
    return {
        "title": "Secado de orujo con bomba de calor",
        "language": "es",
        "city": str(CityFactory(name="Santa Cruz").geonames_id),
        "reach": "national",
        "visibility": "public",
        "open_to_contact": "on",
        "urgency": "now",
    }


def send(cast: Cast, name: str, data: dict[str, Any], *args: Any) -> Any:
    return cast.browser("owner").post(reverse(f"firms:{name}", args=args), data)


TECHNOLOGY = {
    "kind": "technology",
    "problem": "El orujo se desecha",
    "how_it_works": "Se seca con calor recuperado",
    "versus_leading": "Gasta la mitad que un secador rotatorio",
    "trl": "6",
    "ipr_status": "applied",
    "technology_words": "secado, bomba de calor",
    "ipr_records-0-kind": "applied",
    "ipr_records-0-number": "CL-2025-00123",
    "transfer_modes": ["license", "pilot"],
}


def test_a_technology_is_written_read_edited_and_published(
    cast: Cast, typed: dict[str, Any]
) -> None:
    send(cast, "offer-create", typed | {"kind": "technology", "action": "publish"})
    offer = Offer.objects.get()
    assert offer.status == ListingStatus.DRAFT
    page = cast.browser("owner").get(reverse("firms:offer", args=[offer.public_id]))
    assert "Diga qué problema resuelve" in page.content.decode()

    send(cast, "offer-edit", typed | TECHNOLOGY | {"action": "publish"}, offer.public_id)
    offer.refresh_from_db()
    assert (offer.status, offer.technology.trl, offer.ipr_records.count()) == ("published", 6, 1)
    shown = cast.browser("anonymous").get(reverse("firms:offer", args=[offer.public_id]))
    text = shown.content.decode()
    for words in ("bomba de calor", "CL-2025-00123", "Demostrada", "El orujo se desecha"):
        assert words in text
    form = cast.browser("owner").get(reverse("firms:offer-edit", args=[offer.public_id]))
    assert "CL-2025-00123" in form.content.decode()
    assert offer.reference.startswith("R-TO")


def test_a_request_for_quotations_keeps_its_lines_and_its_day(
    cast: Cast, typed: dict[str, Any]
) -> None:
    day = TODAY + dt.timedelta(days=12)
    lines = {"items-0-description": "Botellas", "items-0-quantity": "8000", "items-0-unit": "un"}
    quote = typed | lines | {"kind": "quote", "action": "publish"}
    send(cast, "need-create", quote)
    need = Need.objects.get()
    assert need.status == ListingStatus.DRAFT  # nobody knows until when
    send(cast, "need-edit", quote | {"closes_on": day.isoformat()}, need.public_id)
    send(cast, "need-move", {}, need.public_id, "publish")
    need.refresh_from_db()
    assert (need.status, need.valid_until, need.items.count()) == ("published", day, 1)
    wrong = send(cast, "need-create", quote | {"items-0-quantity": "muchas"})
    assert (wrong.status_code, "Línea 1" in wrong.content.decode()) == (422, True)


def test_an_anonymous_need_is_checked_read_and_tells_nobody_who_wrote_it(
    cast: Cast, typed: dict[str, Any], client: Any
) -> None:
    name = cast.organization.legal_name
    hidden = typed | {"is_anonymous": "on", "action": "publish", "title": f"{name} busca corchos"}
    send(cast, "need-create", hidden)
    need = Need.objects.get()
    assert need.status == ListingStatus.DRAFT
    send(cast, "need-edit", hidden | {"title": "Busco corchos naturales"}, need.public_id)
    send(cast, "need-move", {}, need.public_id, "publish")
    need.refresh_from_db()
    assert need.status == ListingStatus.IN_CHECK
    case = Case.objects.get(kind=CaseKind.LISTING, need=need)
    ruling = Ruling(CaseOutcome.ACCEPT, "Está bien")
    decide_case(by=UserFactory(is_staff=True), case=case, ruling=ruling, now=timezone.now())
    need.refresh_from_db()
    assert need.status == ListingStatus.PUBLISHED

    telling = (name, str(cast.organization.public_id), "Santa Cruz")
    places = [
        reverse("firms:need", args=[need.public_id]),
        reverse("firms:needs"),
        reverse("api:need", args=[need.public_id]),
        reverse("api:needs"),
    ]
    for url in places:
        for browser in (client, cast.browser("outsider")):
            text = browser.get(url).content.decode()
            assert "corchos" in text, url
            for word in telling:
                assert word not in text.replace("Santa Cruz de", ""), (url, word)
    organization = reverse("firms:organization", args=[cast.organization.public_id])
    assert "corchos" not in client.get(organization).content.decode()
    own = cast.browser("owner").get(places[0]).content.decode()
    assert name in own


def test_a_listing_for_a_cluster_or_for_guests_is_shown_to_them_only(cast: Cast) -> None:
    near = AffiliationFactory(organization=cast.organization)
    neighbor = MembershipFactory()
    AffiliationFactory(organization=neighbor.organization, cluster=near.cluster)
    guest, stranger = MembershipFactory(), MembershipFactory()
    of_cluster = OfferFactory(organization=cast.organization, visibility="cluster", **OPEN)
    invited = OfferFactory(organization=cast.organization, visibility="invited", **OPEN)
    invited.guests.add(guest.organization)
    seen = {
        who: set(visible_offers(row.user))
        for who, row in {"neighbor": neighbor, "guest": guest, "stranger": stranger}.items()
    }
    assert seen == {"neighbor": {of_cluster}, "guest": {invited}, "stranger": set()}


def test_a_file_goes_with_a_listing_to_whoever_sees_it(cast: Cast, client: Any) -> None:
    need = NeedFactory(organization=cast.organization, visibility="members", **OPEN)
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    sent = SimpleUploadedFile("plano.png", picture.getvalue())
    send(cast, "need-files", {"file": sent}, need.public_id)
    send(cast, "need-files", {"file": SimpleUploadedFile("malo.pdf", b"MZ")}, need.public_id)
    file = need.files.get()
    url = reverse("firms:need-file", args=[need.public_id, file.public_id])
    assert client.get(url).status_code == 404
    assert cast.browser("outsider").get(url)["Content-Type"] == "image/png"
    assert cast.browser("outsider").post(url).status_code == 404
    cast.browser("owner").post(url)
    assert not need.files.exists()


def test_who_publishes_is_warned_once_and_renews_by_a_link_that_reads_change_nothing(
    cast: Cast, client: Any
) -> None:
    need = NeedFactory(organization=cast.organization, **OPEN)
    work = Work("listings.remind", 0, 0, {}, None, timezone.now())
    warn_of_expiry(work)
    warn_of_expiry(work)
    letters = Effect.objects.filter(dedup__contains=f"listing-ends:need:{need.pk}")
    assert letters.count() == 1
    url = reverse("firms:listing-renew", args=[renewal_token(need, cast.owner)])
    assert "¿Sigue en pie?" in client.get(url).content.decode()
    need.refresh_from_db()
    assert need.renewals == 0
    assert client.post(url).status_code == 200
    need.refresh_from_db()
    assert need.renewals == 1
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_a_reader_gets_their_language_with_the_original_beside_it(cast: Cast, client: Any) -> None:
    offer = TechnologyFactory(offer__organization=cast.organization).offer
    OfferTextFactory(offer=offer, title="Secagem de bagaço", description="Seca com calor")
    url = reverse("firms:offer", args=[offer.public_id]).replace("/es/", "/pt-br/")
    text = client.get(url).content.decode()
    assert "Secagem de bagaço" in text
    assert offer.title in text

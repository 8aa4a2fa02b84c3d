"""Keeping a profile section by section: who may, what is kept, what meets a colleague's edit."""

import re
from typing import Any

import pytest
from django.urls import reverse

from common.models import Job
from firms.models import (
    Certificate,
    FieldGroup,
    Leadership,
    Organization,
    OwnershipLink,
    Role,
    Site,
)
from tests.factories import (
    CertificateFactory,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    CountryFactory,
    MembershipFactory,
    OrganizationFactory,
    SiteFactory,
)
from tests.firms.actors import ACTORS, Cast, make_cast
from tests.firms.profile.factories import (
    AnnualFiguresFactory,
    EquipmentFactory,
    LeadershipFactory,
    OwnershipLinkFactory,
    RegistrationFactory,
    ServiceAreaFactory,
)

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
IDENTITY = {"organization-kind": "firm", "organization-legal_name": "Viña Ejemplo S.A."}


@pytest.fixture
def cast() -> Cast:
    return make_cast(legal_name="Viña Ejemplo S.A.")


def address(own: Organization, slug: str) -> str:
    return reverse("firms:section-edit", args=[own.public_id, slug])


def opened(cast: Cast, slug: str, actor: str = "owner") -> dict[str, str]:
    """Return the hidden fields of a section's form, as a browser would send them."""
    page = cast.browser(actor).get(address(cast.organization, slug)).content.decode()
    form = page[page.index(f'action="{address(cast.organization, slug)}"') :]
    found = HIDDEN.findall(form[: form.index("</form>")])
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def save(cast: Cast, slug: str, actor: str = "owner", **data: str) -> Any:
    sent = {name.replace("__", "-"): value for name, value in data.items()}
    return cast.browser(actor).post(address(cast.organization, slug), sent)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("slug", ["identity", "sites", "figures", "web"])
def test_only_an_editor_opens_and_saves_a_section(cast: Cast, actor: str, slug: str) -> None:
    browser, url = cast.browser(actor), address(cast.organization, slug)
    expected = {"owner": 200, "anonymous": 302}.get(actor, 404)
    assert browser.get(url).status_code == expected
    answer = browser.post(url, IDENTITY | {"organization-acronym": "VE"})
    cast.organization.refresh_from_db()
    if slug == "identity":
        assert answer.status_code == {200: 303}.get(expected, expected)
        assert (cast.organization.acronym == "VE") == (actor == "owner")


@pytest.mark.parametrize("slug", ["research", "agency", "nothing"])
def test_a_section_of_other_kinds_does_not_exist(cast: Cast, slug: str) -> None:
    assert cast.browser("owner").get(address(cast.organization, slug)).status_code == 404


def test_saving_confirms_the_profile_and_asks_for_new_matches_and_verdicts(cast: Cast) -> None:
    hidden = opened(cast, "identity")
    assert (
        save(cast, "identity", **hidden, **IDENTITY, organization__acronym="VE").status_code == 303
    )
    cast.organization.refresh_from_db()
    assert cast.organization.revision == 2
    assert cast.organization.last_confirmed_on
    jobs = Job.objects.filter(key=str(cast.organization.pk)).values_list("kind", flat=True)
    assert {"organization.reproject", "organization.verdicts"} <= set(jobs)


def test_saving_the_same_again_changes_no_revision(cast: Cast) -> None:
    for _ in range(2):
        save(cast, "identity", **opened(cast, "identity"), **IDENTITY, organization__acronym="VE")
    cast.organization.refresh_from_db()
    assert cast.organization.revision == 2


def test_fields_that_a_section_does_not_have_change_nothing(cast: Cast) -> None:
    extra = {"verification": "verified", "revision": "99", "organization-status": "closed"}
    save(cast, "identity", **opened(cast, "identity"), **IDENTITY, **extra)
    cast.organization.refresh_from_db()
    assert (cast.organization.verification, cast.organization.status) == ("claimed", "active")


def test_rows_are_added_changed_and_removed_by_their_own_name(cast: Cast) -> None:
    own = cast.organization
    CertificateStandardFactory(code="fsc")
    kept = CertificateFactory(organization=own, number="1")
    gone = CertificateFactory(organization=own, number="2")
    hidden = opened(cast, "certificates")
    assert kept.pk < gone.pk
    rows = {
        "certificate-TOTAL_FORMS": "3",
        "certificate-0-standard": "iso-9001",
        "certificate-0-number": "1",
        "certificate-0-scope": "Embotellado",
        "certificate-1-standard": "iso-9001",
        "certificate-1-number": "2",
        "certificate-1-DELETE": "on",
        "certificate-2-standard": "fsc",
        "registration-0-registry": "RUMP",
        "registration-0-number": "77",
    }
    assert save(cast, "certificates", **(hidden | rows)).status_code == 303
    assert set(own.certificates.values_list("standard__code", "scope")) == {
        ("iso-9001", "Embotellado"),
        ("fsc", ""),
    }
    assert Certificate.objects.filter(pk=kept.pk, scope="Embotellado").exists()
    assert list(own.registrations.values_list("registry", "number")) == [("RUMP", "77")]


def test_what_is_wrong_answers_422_and_keeps_what_was_typed(cast: Cast) -> None:
    hidden = opened(cast, "size")
    rows = {
        "headcount-0-as_of": "2026-01-31",
        "headcount-0-total": "5",
        "headcount-0-women": "9",
    }
    answer = save(cast, "size", **(hidden | rows))
    assert answer.status_code == 422
    assert 'value="9"' in answer.content.decode()
    assert not cast.organization.headcounts.exists()


BROKEN = [
    ("sites", {"site-TOTAL_FORMS": "muchas"}),
    ("sites", {"site-TOTAL_FORMS": "999999999"}),
    ("sites", {"site-0-city": "x"}),
    ("web", {"organization-website": "javascript:alert(1)"}),
    ("figures", {"annualfigures-0-fiscal_year": "25"}),
    ("figures", {"annualfigures-0-fiscal_year": "2025", "annualfigures-0-exports_pct": "101"}),
    ("reach", {"servicearea-radius_km": "2001"}),
    ("ownership", {"ownership-foreign_pct": "-1"}),
    ("capabilities", {"equipment-0-name": "Torno", "equipment-0-capacity": "3"}),
]


@pytest.mark.parametrize(("slug", "broken"), BROKEN)
def test_nonsense_answers_422_and_stores_nothing(
    cast: Cast, slug: str, broken: dict[str, str], database_digest: Any
) -> None:
    hidden, browser = opened(cast, slug), cast.browser("owner")
    before = database_digest()
    assert browser.post(address(cast.organization, slug), hidden | broken).status_code == 422
    assert database_digest() == before


def test_another_row_is_asked_for_without_scripts_and_nothing_is_saved(cast: Cast) -> None:
    EquipmentFactory(organization=cast.organization, name="Torno")
    hidden = opened(cast, "capabilities")
    rows = {"equipment-0-name": "Torno CNC", "equipment-0-units": "1", "look": "add:equipment"}
    answer = save(cast, "capabilities", **(hidden | rows))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Torno CNC"' in text
    assert "equipment-1-name" in text
    assert cast.organization.equipment.get().name == "Torno"


def test_a_stale_edit_is_told_and_loses_neither_version(cast: Cast) -> None:
    first, second = opened(cast, "identity"), opened(cast, "identity")
    save(cast, "identity", **first, **IDENTITY, organization__acronym="Primera")
    answer = save(cast, "identity", **second, **IDENTITY, organization__acronym="Segunda")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "otra persona guardó cambios" in text
    assert "Primera" in text
    assert 'value="Segunda"' in text
    cast.organization.refresh_from_db()
    assert cast.organization.acronym == "Primera"
    again = dict(HIDDEN.findall(text))["seen"]
    assert again != second["seen"]
    saved = save(cast, "identity", **IDENTITY, seen=again, organization__acronym="Segunda")
    assert saved.status_code == 303


def test_a_row_that_a_colleague_added_meanwhile_survives(cast: Cast) -> None:
    RegistrationFactory(organization=cast.organization, registry="RUES", number="1")
    hidden = opened(cast, "certificates")
    RegistrationFactory(organization=cast.organization, registry="SICAF", number="2")
    rows = {"registration-0-registry": "RUES", "registration-0-number": "9"}
    stale = save(cast, "certificates", **(hidden | rows))
    assert stale.status_code == 422
    seen = dict(HIDDEN.findall(stale.content.decode()))["seen"]
    assert save(cast, "certificates", **(hidden | rows | {"seen": seen})).status_code == 303
    kept = set(cast.organization.registrations.values_list("registry", "number"))
    assert kept == {("RUES", "9"), ("SICAF", "2")}


def test_sites_have_points_as_exact_as_they_are_said_to_be(cast: Cast) -> None:
    city = CityFactory()
    hidden = opened(cast, "sites")
    rows = {
        "site-TOTAL_FORMS": "2",
        "site-0-city": str(city.geonames_id),
        "site-0-kind": "hq",
        "site-0-precision": "locality",
        "site-1-city": str(city.geonames_id),
        "site-1-kind": "plant",
        "site-1-precision": "exact",
        "site-1-latitude": "-34.5",
        "site-1-longitude": "-71.25",
        "site-1-headcount": "12",
        "site-1-is_main": "on",
    }
    assert save(cast, "sites", **(hidden | rows | {"site-1-latitude": ""})).status_code == 422
    assert save(cast, "sites", **(hidden | rows)).status_code == 303
    hq, plant = Site.objects.filter(organization=cast.organization).order_by("pk")
    assert (hq.precision, hq.point.coords) == ("locality", city.point.coords)
    assert (plant.precision, plant.point.coords) == ("exact", (-71.25, -34.5))
    assert plant.headcount == 12
    assert [site.is_main for site in (hq, plant)] == [True, False]


def test_an_editor_neither_sees_nor_loses_what_is_for_administrators(cast: Cast) -> None:
    own = cast.organization
    editor = MembershipFactory(organization=own, role=Role.EDITOR).user
    cast.colleague = editor
    AnnualFiguresFactory(organization=own, exports_pct=33, balance_band="to_5m")
    assert cast.browser("colleague").get(address(own, "ownership")).status_code == 404
    hidden = opened(cast, "figures", "colleague")
    page = cast.browser("colleague").get(address(own, "figures")).content.decode()
    assert "exports_pct" not in page
    rows = {
        "annualfigures-0-fiscal_year": "2025",
        "annualfigures-0-sales_band": "to_25m",
        "annualfigures-0-exports_pct": "99",
    }
    assert save(cast, "figures", "colleague", **(hidden | rows)).status_code == 303
    figures = own.annual_figures.get()
    assert (figures.sales_band, figures.exports_pct, figures.balance_band) == (
        "to_25m",
        33,
        "to_5m",
    )


CONSENT = {"women_led": "yes", "consent": "on"}


def test_leadership_is_told_by_an_administrator_under_consent_and_deleted_on_withdrawal(
    cast: Cast,
) -> None:
    url = reverse("firms:leadership-edit", args=[cast.organization.public_id])
    assert cast.browser("owner").post(url, {"women_led": "yes"}).status_code == 422
    assert not Leadership.objects.exists()
    assert cast.browser("owner").post(url, CONSENT).status_code == 303
    row = Leadership.objects.get()
    assert (row.women_led, row.youth_led, row.consented_by) == (True, None, cast.owner)
    assert row.consent_version
    assert row.consented_at
    undo = reverse("firms:leadership-withdraw", args=[cast.organization.public_id])
    assert cast.browser("owner").post(undo).status_code == 303
    assert not Leadership.objects.exists()


def test_an_editor_does_not_reach_leadership(cast: Cast) -> None:
    cast.colleague = MembershipFactory(organization=cast.organization, role=Role.EDITOR).user
    LeadershipFactory(organization=cast.organization)
    url = reverse("firms:leadership-edit", args=[cast.organization.public_id])
    assert cast.browser("colleague").get(url).status_code == 404
    assert cast.browser("colleague").post(url, CONSENT).status_code == 404


def test_visibility_is_kept_where_it_differs_from_what_is_usual(cast: Cast) -> None:
    own = cast.organization
    url = reverse("firms:visibility-edit", args=[own.public_id])
    form = cast.browser("owner").get(url).context["form"]
    levels = {bound.name: bound.value() for bound in form.parts}
    sent = levels | {"visibility": "members", "certificates": "administrators"}
    assert cast.browser("owner").post(url, sent).status_code == 303
    own.refresh_from_db()
    assert own.visibility == "members"
    assert list(own.field_visibilities.values_list("group", "level")) == [
        (FieldGroup.CERTIFICATES, "administrators")
    ]
    assert cast.browser("owner").post(url, sent | {"sales": "all"}).status_code == 422


def test_a_link_of_ownership_counts_once_the_owned_end_says_it(cast: Cast) -> None:
    other = OrganizationFactory(legal_name="Matriz S.A.")
    boss = MembershipFactory(organization=other).user
    cast.outsider = boss
    say = reverse("firms:ownership-link-say", args=[other.public_id])
    sent = {"other": str(cast.organization.public_id), "role": "owned", "percentage": "80"}
    assert cast.browser("outsider").post(say, sent).status_code == 303
    link = OwnershipLink.objects.get()
    assert not OwnershipLink.objects.in_force_on(link.owner_confirmed_on).exists()
    page = cast.browser("owner").get(address(cast.organization, "ownership")).content.decode()
    assert "Matriz S.A." in page
    keys = [cast.organization.public_id, link.public_id]
    confirm = reverse("firms:ownership-link-confirm", args=keys)
    assert cast.browser("colleague").post(confirm).status_code == 404
    assert cast.browser("owner").post(confirm).status_code == 303
    assert OwnershipLink.objects.in_force_on(link.owner_confirmed_on).exists()
    remove = reverse("firms:ownership-link-remove", args=keys)
    assert cast.browser("owner").post(remove).status_code == 303
    assert not OwnershipLink.objects.exists()


def test_a_link_to_nobody_or_twice_is_refused(cast: Cast) -> None:
    say = reverse("firms:ownership-link-say", args=[cast.organization.public_id])
    sent = {"other": "no existe", "role": "owner", "percentage": "60"}
    assert cast.browser("owner").post(say, sent).status_code == 422
    link = OwnershipLinkFactory(owned=cast.organization)
    sent["other"] = f"http://x/es/firms/organizations/{link.owner.public_id}/"
    assert cast.browser("owner").post(say, sent).status_code == 422
    assert OwnershipLink.objects.count() == 1


def test_about_keeps_activities_in_order(cast: Cast) -> None:
    for code in ("1102", "1811"):
        ClassificationFactory(code=code)
    SiteFactory(organization=cast.organization, is_main=False)
    hidden = opened(cast, "about")
    url = address(cast.organization, "about")
    sent = hidden | {
        "organization-one_line": "Vinos",
        "organization-language": "es",
        "organization-activities": ["isic4:1811", "isic4:1102"],
    }
    assert cast.browser("owner").post(url, sent).status_code == 303
    records = cast.organization.activity_records.values_list("classification__code", "is_main")
    assert list(records) == [("1811", True), ("1102", False)]


def test_places_to_choose_begin_with_those_chosen_and_those_near(cast: Cast) -> None:
    CountryFactory(code="AF", label_es="Afganistán")
    peru = CountryFactory(code="PE", label_es="Perú")
    ServiceAreaFactory(organization=cast.organization).units.add(peru)
    form = cast.browser("owner").get(address(cast.organization, "reach")).context["form"]
    codes = [code for code, _label in form.parts[0].form.fields["units"].widget.choices]
    assert codes == ["PE", "CL", "CL-LI", "AF"]


def test_exact_sales_ask_for_their_currency_and_only_administrators_see_them(cast: Cast) -> None:
    own = cast.organization
    rows = {
        "annualfigures-0-fiscal_year": "2025",
        "annualfigures-0-people_band": "to_49",
        "annualfigures-0-sales_amount": "1234567,50",
    }
    form = opened(cast, "figures", "owner") | rows
    refused = save(cast, "figures", "owner", **form)
    assert refused.status_code == 422
    assert "1234567,50" in refused.content.decode()
    form["annualfigures-0-currency"] = "CLP"
    assert save(cast, "figures", "owner", **form).status_code == 303
    figures = own.annual_figures.get()
    assert (str(figures.sales_amount), figures.people_band) == ("1234567.50", "to_49")
    page = f"/organizations/{own.public_id}/"
    seen = [
        cast.browser(who).get(page, follow=True).content.decode() for who in ("owner", "outsider")
    ]
    assert ["1.234.567" in text for text in seen] == [True, False]
    assert all("De 10 a 49 personas" in text for text in seen)

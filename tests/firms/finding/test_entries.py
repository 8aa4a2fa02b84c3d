"""The directory's own rows follow what organizations say, whoever writes it."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from firms.models import (
    DirectoryChange,
    DirectoryEntry,
    DirectoryTally,
    Export,
    ExportFormat,
    Listed,
    MapTally,
    Offer,
    Organization,
    OrganizationStatus,
    SavedSearch,
    SearchWord,
    Site,
    ToldResult,
    Visibility,
)
from tests.factories import (
    ActivityFactory,
    AffiliationFactory,
    ClassificationFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
    point,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
OPEN = {"valid_from": TODAY, "valid_until": TODAY + dt.timedelta(days=30)}


def entry(organization: Organization) -> DirectoryEntry:
    return DirectoryEntry.objects.get(pk=organization.pk)


def test_an_organization_is_in_the_directory_as_soon_as_it_is_written() -> None:
    organization = OrganizationFactory(legal_name="Viña Ñandú S.A.", kind="firm")
    found = entry(organization)
    assert found.is_listed
    assert found.sort_name == "vina nandu s.a."
    assert set(found.tags) == {"k:firm", "v:claimed", "c:CL"}
    assert "'nandu'" in found.document


def test_bulk_writes_are_followed_too() -> None:
    rows = OrganizationFactory.build_batch(5, country=OrganizationFactory().country)
    made = Organization.objects.bulk_create(rows)
    assert DirectoryEntry.objects.filter(organization__in=made, is_listed=True).count() == 5
    Organization.objects.filter(pk__in=[row.pk for row in made]).update(kind="ngo")
    assert DirectoryEntry.objects.filter(tags__contains=["k:ngo"]).count() == 5


def test_sites_activities_and_clusters_are_told_and_forgotten() -> None:
    organization = OrganizationFactory()
    site = SiteFactory(organization=organization, point=point(-71.36612, -34.63934))
    activity = ActivityFactory(
        organization=organization,
        classification=ClassificationFactory(code="1102", path="C/11/110/1102"),
    )
    affiliation = AffiliationFactory(organization=organization, member_confirmed_on=None)
    told = entry(organization)
    assert {"r:CL-LI", "a:C", "a:11", "a:110", "a:1102"} <= set(told.tags)
    assert f"g:{affiliation.cluster_id}" not in told.tags
    affiliation.member_confirmed_on = TODAY
    affiliation.save()
    assert f"g:{affiliation.cluster_id}" in entry(organization).tags
    for row in (site, activity, affiliation):
        row.delete()
    assert set(entry(organization).tags) == {"k:firm", "v:claimed", "c:CL"}
    assert entry(organization).spot is None


def test_a_site_stands_on_the_grid_however_often_it_is_asked_for() -> None:
    organization = OrganizationFactory()
    site = SiteFactory(organization=organization, point=point(-71.36612, -34.63934))
    places = entry(organization).places
    assert [tuple(round(c, 6) for c in place.coords) for place in places] == [(-71.37, -34.64)]
    Site.objects.filter(pk=site.pk).update(point=Point(-71.3688, -34.6413, srid=4326))
    assert entry(organization).places.coords == places.coords
    Site.objects.filter(pk=site.pk).update(precision="admin")
    assert [tuple(round(c, 6) for c in place.coords) for place in entry(organization).places] == [
        (-71.4, -34.6)
    ]


def test_an_offer_adds_its_words_while_anyone_may_read_it() -> None:
    organization = OrganizationFactory(legal_name="Imprenta Sur")
    offer = OfferFactory(organization=organization, title="Etiquetas doradas", **OPEN)
    assert "'etiquetas'" in entry(organization).document
    Offer.objects.filter(pk=offer.pk).update(visibility=Visibility.MEMBERS)
    assert "'etiquetas'" not in entry(organization).document


def test_words_of_what_is_hidden_correct_nobody() -> None:
    OrganizationFactory(legal_name="Zarzamora", visibility=Visibility.MEMBERS)
    assert not SearchWord.objects.filter(word="zarzamora").exists()
    OrganizationFactory(legal_name="Zarzamora")
    assert SearchWord.objects.filter(word="zarzamora").exists()


def test_an_organization_that_closes_leaves_the_list_and_one_that_goes_leaves_nothing() -> None:
    organization = SiteFactory().organization
    ActivityFactory(organization=organization)
    Organization.objects.filter(pk=organization.pk).update(
        status=OrganizationStatus.CLOSED, closed_on=TODAY
    )
    assert not entry(organization).is_listed
    organization.delete()
    assert not DirectoryEntry.objects.exists()
    assert sum(DirectoryChange.objects.values_list("delta", flat=True)) == 0


def test_tallies_count_a_combination_once() -> None:
    values = {"kind": "firm", "verification": "claimed", "visibility": "public", "count": 1}
    DirectoryTally.objects.create(country_code="CL", size_class="", **values)
    with violates("directory_tally_unique"):
        DirectoryTally.objects.create(country_code="CL", size_class="", **values)
    cell = {"level": 4, "x": 1, "y": 1, "sum_x": 0, "sum_y": 0, **values}
    MapTally.objects.create(**cell)
    with violates("map_tally_unique"):
        MapTally.objects.create(**cell)


def test_a_saved_search_has_a_name_of_its_own() -> None:
    user, now = UserFactory(), timezone.now()
    kept = {"user": user, "listed": Listed.NEEDS, "told_until": now}
    with violates("saved_search_has_a_name"):
        SavedSearch.objects.create(name="", **kept)
    search = SavedSearch.objects.create(name="Vino", **kept)
    with violates("saved_search_name_unique"):
        SavedSearch.objects.create(name="Vino", **kept)
    ToldResult.objects.create(search=search, row_id=1)
    with violates("told_result_once"):
        ToldResult.objects.create(search=search, row_id=1)


def test_a_file_says_how_many_rows_it_has() -> None:
    with violates("export_file_has_rows"):
        Export.objects.create(
            user=UserFactory(),
            listed=Listed.NEEDS,
            format=ExportFormat.CSV,
            file="exports/x.csv",
            expires_at=timezone.now(),
        )

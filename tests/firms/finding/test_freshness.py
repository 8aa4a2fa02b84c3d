"""Who let the date of confirmation pass is nowhere: as if they were not in the world."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from common.jobs import Work
from firms.freshness import GRACE_DAYS, REVIEW_DAYS
from firms.models import DirectoryTally, Offer, Organization
from firms.services.directory.tallies import fold, recount, roll_over
from matching.services.facts import offer_facts
from tests.factories import (
    AffiliationFactory,
    ClusterFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
)
from tests.firms.finding.test_tiles import tile_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
GRACE = REVIEW_DAYS + GRACE_DAYS


def work() -> Work:
    return Work("directory.fold", 0, 0, {}, None, timezone.now())


def confirmed(days: int) -> dt.date:
    return timezone.now().date() - dt.timedelta(days=days)


def test_a_stale_member_changes_no_tile_no_count_and_no_list() -> None:
    cluster, reader = ClusterFactory(), Client()
    AffiliationFactory(cluster=cluster, organization=SiteFactory().organization)
    tiles = [f"/es/directory/tiles/{tile_of(z)}.mvt" for z in (2, 8, 11, 14)]
    pages = [f"/es/clusters/{cluster.slug}/{part}/" for part in ("members", "chain")]

    def world() -> list[bytes]:
        fold(work())
        return [reader.get(address).content for address in tiles + pages]

    before = world()
    stale = OrganizationFactory(last_confirmed_on=confirmed(GRACE + 1), legal_name="Olvidada")
    SiteFactory(organization=stale)
    AffiliationFactory(cluster=cluster, organization=stale)
    assert world() == before
    assert sum(DirectoryTally.objects.values_list("count", flat=True)) == 1
    Organization.objects.filter(pk=stale.pk).update(last_confirmed_on=confirmed(GRACE))
    assert all(now != then for now, then in zip(world()[:5], before[:5], strict=True))


def test_the_day_itself_takes_them_out_when_the_job_runs() -> None:
    row = OrganizationFactory(last_confirmed_on=confirmed(GRACE + 1))
    type(row.entry).objects.update(is_listed=True)
    recount()
    roll_over(work())
    fold(work())
    row.entry.refresh_from_db()
    assert not row.entry.is_listed
    assert not DirectoryTally.objects.exists()


def test_matching_forgets_an_offer_the_day_its_organization_grows_stale() -> None:
    today = timezone.now().date()
    kept = OfferFactory(organization__last_confirmed_on=today, valid_until=today + 20 * DAY)
    last = OfferFactory(organization__last_confirmed_on=confirmed(GRACE), valid_until=today + DAY)
    facts = offer_facts(Offer.objects.filter(pk__in=[kept.pk, last.pk]), today=today)
    assert facts[kept.pk].days.expires == (today + 20 * DAY).toordinal()
    assert facts[last.pk].days.expires == today.toordinal()

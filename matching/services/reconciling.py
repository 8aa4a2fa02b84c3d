"""What the nightly run finds to differ from what the jobs of the day had left: counted, mended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, QuerySet

from matching.models import Match, NeedDoc, OfferDoc, Reconciliation
from matching.services.statistics import FOLD_LOCK

KEPT = 60
Pairs = set[tuple[int, int]]

# One snapshot: a projection and its change are committed together, so that sums must agree.
RECOUNT = """
    WITH actual AS (
        SELECT 0 AS side, key, count(*) AS n
        FROM matching_offerdoc, unnest(keys) AS key GROUP BY key
        UNION ALL SELECT 0, 0, count(*) FROM matching_offerdoc
        UNION ALL SELECT 1, key, count(*) FROM matching_needdoc, unnest(keys) AS key GROUP BY key
        UNION ALL SELECT 1, 0, count(*) FROM matching_needdoc
    ), told AS (
        SELECT side, key, sum(step) AS n FROM (
            SELECT side, key, listings AS step FROM matching_keyfrequency
            UNION ALL SELECT side, key, 1 FROM matching_frequencydelta, unnest(added) AS key
            UNION ALL SELECT side, key, -1 FROM matching_frequencydelta, unnest(removed) AS key
        ) AS each GROUP BY side, key
    )
    INSERT INTO matching_keyfrequency AS known (side, key, listings)
    SELECT side, key, coalesce(actual.n, 0) - coalesce(told.n, 0)
    FROM actual FULL JOIN told USING (side, key)
    WHERE coalesce(actual.n, 0) <> coalesce(told.n, 0)
    ON CONFLICT (side, key) DO UPDATE SET listings = known.listings + excluded.listings
"""


@dataclass(frozen=True)
class Drift:
    """What a chunk of the night changed."""

    listings: int = 0
    projections: int = 0
    needs: int = 0
    needs_changed: int = 0
    pairs_added: int = 0
    pairs_dropped: int = 0


def start_check(*, now: dt.datetime) -> int:
    """Begin a row of the nightly check, and forget the oldest."""
    old = Reconciliation.objects.values_list("pk", flat=True)[KEPT - 1 :]
    Reconciliation.objects.filter(pk__in=list(old)).delete()
    return Reconciliation.objects.create(started_at=now).pk


def add_drift(check: int, *, drift: Drift) -> None:
    """Add what a chunk changed."""
    steps = {name: F(name) + count for name, count in vars(drift).items() if count}
    if steps:
        Reconciliation.objects.filter(pk=check).update(**steps)


def finish_check(check: int, *, now: dt.datetime) -> None:
    """Close the row."""
    Reconciliation.objects.filter(pk=check, finished_at=None).update(finished_at=now)


def nightly_checks(*, limit: int) -> QuerySet[Reconciliation]:
    """Return the newest checks."""
    return Reconciliation.objects.order_by("-started_at", "-pk")[:limit]


def recount_keys(check: int) -> int:
    """Count keys from the projections themselves, mend what differs, and say how many did."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLD_LOCK])
        cursor.execute(RECOUNT)
        wrong = max(int(cursor.rowcount), 0)
        cursor.execute("DELETE FROM matching_keyfrequency WHERE listings = 0")
    Reconciliation.objects.filter(pk=check).update(frequencies=F("frequencies") + wrong)
    return wrong


def fingerprints(model: type[OfferDoc | NeedDoc], *, listings: Sequence[int]) -> dict[int, bytes]:
    """Return what the projections of listings hold."""
    rows = model._default_manager.filter(pk__in=listings).values_list("pk", "content_hash")
    return {pk: bytes(digest) for pk, digest in rows}


def projections_changed(before: dict[int, bytes], *, after: dict[int, bytes]) -> int:
    """Count the listings whose projection was written or dropped."""
    return sum(before.get(pk) != after.get(pk) for pk in before.keys() | after.keys())


def pairs_of(needs: Sequence[int]) -> Pairs:
    """Return the stored pairs of needs."""
    return set(Match.objects.filter(need__in=needs).values_list("need_id", "offer_id"))


def pairs_changed(before: Pairs, *, after: Pairs, needs: int) -> Drift:
    """Return which pairs came and went, and for how many of the needs."""
    changed = {need for need, _ in before ^ after}
    return Drift(
        needs=needs,
        needs_changed=len(changed),
        pairs_added=len(after - before),
        pairs_dropped=len(before - after),
    )

"""Frequencies of keys, the frozen text length, the lexicon and the rules, as the services use them.

A projection that changes appends one row of added and removed keys; whoever comes by when enough
have gathered folds them in. Readers add what is not folded yet, so counts are always exact.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection, transaction

from matching.engine.lexicon import Expansion
from matching.engine.rules import PARTNERS, Rules
from matching.models import FrequencyDelta, LexiconEntry, Purpose, RuleSet, Side, TextEpoch

FOLD_AT = 64
FOLD_LOCK = 5_001
DEFAULT_LENGTH = 40.0
DRIFT = 0.05

FOLD = """
    WITH gone AS (DELETE FROM matching_frequencydelta RETURNING side, added, removed),
    changes AS (
        SELECT side, key, 1 AS step FROM gone, unnest(added) AS key
        UNION ALL SELECT side, key, -1 FROM gone, unnest(removed) AS key
    )
    INSERT INTO matching_keyfrequency AS known (side, key, listings)
    SELECT side, key, sum(step) FROM changes GROUP BY side, key HAVING sum(step) <> 0
    ON CONFLICT (side, key) DO UPDATE SET listings = known.listings + excluded.listings
"""


def record_change(side: Side, *, added: Sequence[int], removed: Sequence[int]) -> None:
    """Append keys that listings gained and lost; a listing itself is the key TOTAL."""
    if added or removed:
        FrequencyDelta.objects.create(side=side, added=list(added), removed=list(removed))


def fold_changes(*, at_least: int = FOLD_AT) -> bool:
    """Add gathered changes to the frequencies, unless somebody else is doing so; say whether."""
    if FrequencyDelta.objects.all()[:at_least].count() < at_least:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLD_LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(FOLD)
        cursor.execute("DELETE FROM matching_keyfrequency WHERE listings <= 0")
    return True


def current_rules() -> tuple[RuleSet, Rules]:
    """Return the rule set in force; a new installation gets the one that the engine ships."""
    found = RuleSet.objects.filter(purpose=Purpose.PARTNERS, is_current=True).first()
    if found is None:
        found, _ = RuleSet.objects.get_or_create(
            purpose=Purpose.PARTNERS,
            version=PARTNERS.version,
            defaults={"rules": PARTNERS.as_json(), "is_current": True},
        )
    return found, Rules.from_json(found.rules)


def current_epoch() -> tuple[int, float]:
    """Return the number and the average text length of the epoch in force."""
    found = TextEpoch.objects.order_by("-pk").first()
    return (found.pk, found.average_length) if found else (0, DEFAULT_LENGTH)


def renew_epoch(lengths: Iterable[float], *, now: dt.datetime) -> bool:
    """Start a new epoch when the average length has drifted by more than DRIFT; say whether."""
    measured = list(lengths)
    if not measured:
        return False
    number, frozen = current_epoch()
    average = sum(measured) / len(measured)
    if number and abs(average - frozen) <= DRIFT * frozen:
        return False
    TextEpoch.objects.create(average_length=max(average, 1.0), started_at=now)
    return True


def current_lexicon() -> Expansion:
    """Return the lexicon, read once per process and version."""
    newest = LexiconEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _lexicon(newest or 0)


@lru_cache(maxsize=1)
def _lexicon(version: int) -> Expansion:
    columns = ("source_stem", "target_stem", "probability")
    return Expansion.build(
        LexiconEntry.objects.filter(pk__lte=version).values_list(*columns).iterator()
    )

"""Writing matches: what is the same is not written, what fell out goes, answers are not touched."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from matching.engine import ENGINE_VERSION
from matching.engine.explain import explain
from matching.engine.ranking import best_per_owner
from matching.engine.rules import FEATURES, Rules
from matching.engine.scoring import Assessment
from matching.models import Match, MatchRun, NeedDoc, OfferDoc, RuleSet

DECIMALS = 4
UPSERT = """
    INSERT INTO matching_match AS known
        (need_id, offer_id, run_id, score, features, reasons, updated_at)
    VALUES {rows}
    ON CONFLICT (need_id, offer_id) DO UPDATE SET run_id = excluded.run_id,
        score = excluded.score, features = excluded.features, reasons = excluded.reasons,
        updated_at = excluded.updated_at
    WHERE (known.score, known.features, known.reasons)
        IS DISTINCT FROM (excluded.score, excluded.features, excluded.reasons)
"""
# The best of each need in the order of the engine, few per organization; the rest goes.
TRIM = """
    DELETE FROM matching_match USING (
        SELECT id, row_number() OVER (
                PARTITION BY need_id ORDER BY is_extra, score DESC, offer_id) AS place, is_extra
        FROM (
            SELECT m.id, m.need_id, m.offer_id, m.score, row_number() OVER (
                    PARTITION BY m.need_id, o.organization_id
                    ORDER BY m.score DESC, m.offer_id) > %(per_owner)s AS is_extra
            FROM matching_match m JOIN firms_offer o ON o.id = m.offer_id
            WHERE m.need_id = ANY(%(needs)s)
        ) AS numbered
    ) AS ranked
    WHERE matching_match.id = ranked.id AND (is_extra OR place > %(kept)s)
"""
FLOOR = """
    UPDATE matching_needdoc SET floor = counted.floor
    FROM (
        SELECT d.need_id, CASE WHEN count(m.id) >= %(kept)s THEN min(m.score) ELSE %(floor)s END
            AS floor
        FROM matching_needdoc d LEFT JOIN matching_match m ON m.need_id = d.need_id
        WHERE d.need_id = ANY(%(needs)s) GROUP BY d.need_id
    ) AS counted
    WHERE matching_needdoc.need_id = counted.need_id AND matching_needdoc.floor <> counted.floor
"""


@dataclass(frozen=True)
class RunKey:
    """What identifies a run."""

    need: int
    revision: int
    rule_set: int
    engine_version: int


@dataclass(frozen=True)
class Scored:
    """One pair to be stored."""

    need: int
    offer: int
    run: int
    score: float
    features: list[int | None]
    reasons: dict[str, object]


def best_of(assessment: Assessment, *, rules: Rules) -> list[int]:
    """Return the positions of the offers that a need keeps."""
    offers = assessment.pairs.offers
    kept = best_per_owner(
        assessment.score.round(DECIMALS),
        offers.ids,
        offers.head["organization"],
        assessment.passed,
        rules.offers_per_organization,
    )
    return [int(index) for index in kept[: rules.kept_per_need]]


def scored(assessment: Assessment, *, index: int, words: dict[int, str], run: int) -> Scored:
    """Return one pair with its feature values and its reasons."""
    pairs = assessment.pairs
    needs, offers = pairs.needs.ids, pairs.offers.ids
    explanation = explain(assessment, index, words)
    weakness = explanation.weakness
    values = assessment.feature_values(index)
    return Scored(
        need=int(needs[index if len(needs) > 1 else 0]),
        offer=int(offers[index if len(offers) > 1 else 0]),
        run=run,
        score=round(float(assessment.score[index]), DECIMALS),
        features=[None if (v := values[name]) is None else round(100 * v) for name in FEATURES],
        reasons={
            "for": [reason.as_json() for reason in explanation.reasons],
            "against": weakness.as_json() if weakness else None,
            "km": _distance(assessment, index),
        },
    )


def _distance(assessment: Assessment, index: int) -> float | None:
    km = float(assessment.pairs.distance[index])
    return None if km != km else round(km, 1)


def store(rows: Sequence[Scored], *, now: dt.datetime) -> None:
    """Insert or update pairs; an equal pair is left alone."""
    if not rows:
        return
    values = [
        value
        for row in rows
        for value in (
            *(row.need, row.offer, row.run, row.score, row.features),
            *(json.dumps(row.reasons), now),
        )
    ]
    one = "(%s, %s, %s, %s, %s::smallint[], %s::jsonb, %s)"
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(rows=", ".join([one] * len(rows))), values)


def drop_other_offers(need: int, *, kept: Sequence[int]) -> None:
    """Delete the matches of a need whose offers are not among these."""
    Match.objects.filter(need=need).exclude(offer__in=list(kept)).delete()


def trim(needs: Sequence[int], *, rules: Rules) -> None:
    """Keep the best matches of needs, and note the score that a new offer must beat."""
    if not needs:
        return
    params: dict[str, list[int] | int | float] = {
        "needs": list(needs),
        "per_owner": rules.offers_per_organization,
        "kept": rules.kept_per_need,
        "floor": rules.floor,
    }
    with connection.cursor() as cursor:
        cursor.execute(TRIM, params)
        cursor.execute(FLOOR, params)


def is_paired(doc: NeedDoc | OfferDoc, *, rule_set: RuleSet) -> bool:
    """Say whether a listing was paired as it is, by these rules and this engine."""
    return doc.paired_hash is not None and bytes(doc.paired_hash) == _pairing(doc, rule_set)


def mark_paired(doc: NeedDoc | OfferDoc, *, rule_set: RuleSet) -> None:
    """Note what a listing was like when it was paired."""
    if not is_paired(doc, rule_set=rule_set):
        rows = type(doc)._default_manager.filter(pk=doc.pk)
        rows.update(paired_hash=_pairing(doc, rule_set))


def _pairing(doc: NeedDoc | OfferDoc, rule_set: RuleSet) -> bytes:
    told = f"|{rule_set.pk}|{ENGINE_VERSION}".encode()
    return hashlib.blake2b(bytes(doc.content_hash) + told, digest_size=16).digest()


def lock_needs(needs: Sequence[int]) -> list[int]:
    """Lock projections of needs in the order of their ids; return those that still exist."""
    rows = NeedDoc.objects.filter(pk__in=list(needs)).order_by("pk").select_for_update()
    return list(rows.values_list("pk", flat=True))


def record_run(key: RunKey, *, counts: tuple[int, int], now: dt.datetime) -> MatchRun:
    """Write down that a revision was matched: candidates seen and matches kept."""
    run, _ = MatchRun.objects.update_or_create(
        need_id=key.need,
        revision=key.revision,
        rule_set_id=key.rule_set,
        engine_version=key.engine_version,
        defaults={"candidates": counts[0], "matched": counts[1], "computed_at": now},
    )
    return run

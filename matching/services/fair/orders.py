"""The order in which a need's organizations are served, beside the order of their scores.

Both are logged whenever they change. The size of an organization is what it declared itself, and
counts once its identity is verified; it is never inferred. Nobody below the floor of the score is
among the matches, so nobody unqualified is lifted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from firms.models import Need, Organization, SizeClass, Verification
from matching.engine.fairness import Entrant, Reranked, rerank
from matching.engine.ranking import combined
from matching.engine.rules import Rules
from matching.models import Match, MatchOrder, RuleSet
from matching.services.facts import clusters_of
from matching.services.fair.settings import alpha_for

PLACES = 10
SMES = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM)


def order_needs(
    needs: Sequence[Need], *, rule_set: RuleSet, rules: Rules, now: dt.datetime
) -> list[MatchOrder]:
    """Log the orders of needs whose matches were just stored; what is the same is not logged."""
    entrants = _entrants([need.pk for need in needs], rules)
    clusters = clusters_of({need.organization_id for need in needs})
    newest = _newest([need.pk for need in needs])
    logged = []
    for need in needs:
        alpha = alpha_for(clusters.get(need.organization_id, ()))
        row = _order(need, entrants.get(need.pk, []), alpha, rule_set)
        if not _is_same(newest.get(need.pk), row):
            row.computed_at = now
            logged.append(row)
    return MatchOrder.objects.bulk_create(logged)


def newest_orders(needs: Sequence[int]) -> dict[int, MatchOrder]:
    """Return the order that is served for each need."""
    return _newest(needs)


def ranked_by(scores: dict[int, float], *, alpha: float | None, smes: set[int]) -> Reranked:
    """Return both orders of organizations with these scores; without a level, by score alone."""
    entrants = [Entrant(pk, score, pk in smes) for pk, score in scores.items()]
    if alpha is None:
        return rerank(entrants, k=max(len(entrants), 1), threshold=0.0)
    return rerank(entrants, k=PLACES, threshold=0.0, alpha=alpha)


def _order(
    need: Need, entrants: list[tuple[int, float, bool]], alpha: float | None, rule_set: RuleSet
) -> MatchOrder:
    scores = {pk: score for pk, score, _ in entrants}
    found = ranked_by(scores, alpha=alpha, smes={pk for pk, _, is_sme in entrants if is_sme})
    by_score = sorted(scores, key=lambda pk: (-scores[pk], pk))
    first = [int(name) for name in found.ranking]
    rest = [pk for pk in by_score if pk not in set(first)]
    return MatchOrder(
        need=need,
        rule_set=rule_set,
        alpha=alpha,
        by_score=by_score,
        ranking=[*first, *rest],
        floors=list(found.floors) if alpha is not None else [],
        pool=found.pool,
        sme_in_pool=found.sme_in_pool,
        changed=found.changed if alpha is not None else 0,
        utility_retained=found.utility_retained,
    )


def _entrants(needs: Sequence[int], rules: Rules) -> dict[int, list[tuple[int, float, bool]]]:
    """Return the organizations of each need's matches with score and whether they are SMEs."""
    scores: defaultdict[int, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    rows = Match.objects.filter(need__in=needs).order_by("need_id", "-score", "offer_id")
    for need, owner, score in rows.values_list("need_id", "offer__organization_id", "score"):
        scores[need][owner].append(score)
    smes = verified_smes({owner for found in scores.values() for owner in found})
    return {
        need: [(owner, combined(held, rules), owner in smes) for owner, held in found.items()]
        for need, found in scores.items()
    }


def verified_smes(organizations: set[int]) -> set[int]:
    """Return those that declared to be small or medium and whose identity is verified."""
    rows = Organization.objects.filter(
        pk__in=organizations, size_class__in=SMES, verification=Verification.VERIFIED
    )
    return set(rows.values_list("pk", flat=True))


def _newest(needs: Sequence[int]) -> dict[int, MatchOrder]:
    rows = MatchOrder.objects.filter(need__in=needs).order_by("need_id", "-pk").distinct("need_id")
    return {row.need_id: row for row in rows}


def _is_same(known: MatchOrder | None, row: MatchOrder) -> bool:
    if known is None:
        return not row.by_score
    columns = ("rule_set_id", "alpha", "by_score", "ranking", "floors", "pool", "sme_in_pool")
    return all(getattr(known, name) == getattr(row, name) for name in columns)

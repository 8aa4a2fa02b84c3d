"""The value chain: what is there, what hangs on one, what is missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from insights.metrics.intervals import wilson

Edge = tuple[str, str]
MINIMUM_NEEDS = 5
MISSING_ABOVE = 0.40


@dataclass(frozen=True)
class Chain:
    """Providers of each stage and what follows from them; shares in [0, 1]."""

    providers: Mapping[str, int]
    coverage: float | None
    redundancy: float | None
    gaps: tuple[str, ...]
    single: tuple[str, ...]
    continuity: float | None


@dataclass(frozen=True)
class Service:
    """Needs and offers of one service; `flag` is missing_service, ok or insufficient."""

    balance: float | None
    unmet: float | None
    unmet_low: float | None
    flag: str


def chain(
    stages: Sequence[str],
    able: Mapping[str, Collection[str]],
    edges: Collection[Edge],
    live: Collection[Edge],
    weights: Mapping[str, float] | None = None,
) -> Chain:
    """Return coverage (one provider or more), redundancy (two or more), gaps and continuity.

    `able` maps an active, verified organization to the stages that it can do; it counts at each.
    Continuity is the share of the chain's edges with a live link; a link outside it adds nothing.
    The template is a choice: show its version beside the numbers.
    """
    counts = {stage: sum(stage in can for can in able.values()) for stage in stages}
    weight = {stage: (weights or {}).get(stage, 1.0) for stage in stages}
    total = sum(weight.values())

    def covered(least: int) -> float | None:
        if total <= 0:
            return None
        return sum(weight[s] for s in stages if counts[s] >= least) / total

    linked = set(live) & set(edges)
    return Chain(
        providers=counts,
        coverage=covered(1),
        redundancy=covered(2),
        gaps=tuple(stage for stage in stages if counts[stage] == 0),
        single=tuple(stage for stage in stages if counts[stage] == 1),
        continuity=len(linked) / len(set(edges)) if edges else None,
    )


def service(
    needs: int,
    unmet: int,
    offers: int,
    *,
    min_needs: int = MINIMUM_NEEDS,
    threshold: float = MISSING_ABOVE,
) -> Service:
    """Judge one service: missing if at least `min_needs` and surely more than 40 % go unmet.

    Needs and offers are distinct legal groups, not postings; unmet ones are mature (30 days or
    more). Below the minimum it is a signal, not yet a finding. Show needs and offers as two bars:
    the balance (offers-needs)/(offers+needs) says nothing of who was served.
    """
    balance = (offers - needs) / (offers + needs) if offers + needs else None
    interval = wilson(unmet, needs)
    if interval is None:
        return Service(balance, None, None, "insufficient")
    flag = "insufficient"
    if needs >= min_needs:
        flag = "missing_service" if interval[0] > threshold else "ok"
    return Service(balance, unmet / needs, interval[0], flag)

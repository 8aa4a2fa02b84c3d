"""Support programs: who they reach. Coverage is not impact, and says so wherever it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

STEPS = ("population", "eligible", "aware", "applied", "approved", "completed")
MINIMUM_FOR_IMPACT = 10


@dataclass(frozen=True)
class Reach:
    """Shares along a program's funnel and where most are lost; None where a step had nobody."""

    coverage: float | None
    take_up: float | None
    awareness: float | None
    apply_given_aware: float | None
    approval: float | None
    completion: float | None
    largest_drop: str | None


@dataclass(frozen=True)
class Targeting:
    """Eligible firms left out over the eligible; ineligible firms served over the served."""

    exclusion_error: float | None
    inclusion_error: float | None


def reach(counts: Sequence[int]) -> Reach:
    """Return the shares of a funnel given in the order of STEPS.

    The largest drop is the step after eligibility that loses most firms, the first among equals.
    """
    _, eligible, aware, applied, approved, completed = counts
    losses = [(counts[i] - counts[i + 1], i) for i in range(1, len(counts) - 1)]
    worst, place = max(losses, key=lambda loss: (loss[0], -loss[1]))
    return Reach(
        coverage=_share(completed, eligible),
        take_up=_share(applied, eligible),
        awareness=_share(aware, eligible),
        apply_given_aware=_share(applied, aware),
        approval=_share(approved, applied),
        completion=_share(completed, approved),
        largest_drop=f"{STEPS[place]}->{STEPS[place + 1]}" if worst > 0 else None,
    )


def targeting(eligible_served: int, eligible_not_served: int, ineligible_served: int) -> Targeting:
    """Return both errors of who is served; firms with unknown eligibility belong to neither."""
    return Targeting(
        _share(eligible_not_served, eligible_served + eligible_not_served),
        _share(ineligible_served, eligible_served + ineligible_served),
    )


def difference_in_differences(
    treated: Sequence[tuple[float, float]], control: Sequence[tuple[float, float]]
) -> float | None:
    """Return the mean change of treated less that of control firms; pairs are (before, after)."""
    if not treated or not control:
        return None
    return _mean([b - a for a, b in treated]) - _mean([b - a for a, b in control])


def permutation_p(treated: Sequence[float], control: Sequence[float]) -> float | None:
    """Return the exact two-sided p of a difference of means: assignments with as large a |stat|.

    `treated` and `control` are changes. Every assignment is counted; doubling the smaller tail, as
    some packages do, gives another number.
    """
    if not treated or not control:
        return None
    pooled = [*treated, *control]
    observed = abs(_mean(treated) - _mean(control))
    hits = ways = 0
    for chosen in combinations(range(len(pooled)), len(treated)):
        one = [pooled[i] for i in chosen]
        other = [pooled[i] for i in range(len(pooled)) if i not in set(chosen)]
        hits += abs(_mean(one) - _mean(other)) >= observed - 1e-9
        ways += 1
    return hits / ways


def may_show_impact(treated: int, control: int) -> bool:
    """Say whether a number of impact may be shown: ten or more firms on each side."""
    return min(treated, control) >= MINIMUM_FOR_IMPACT


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)

"""Who gets seen: exposure of groups in the lists that people were shown."""

import math
from collections.abc import Collection, Mapping, Sequence


def position_bias(rank: int) -> float:
    """Return 1/log2(1+rank): how much a place in a list is looked at; rank starts at 1."""
    return 1 / math.log2(1 + rank)


def exposure(rankings: Sequence[Sequence[str]], eligible: Collection[str]) -> dict[str, float]:
    """Return each organization's exposure over logged lists; eligible but never shown is 0."""
    total = dict.fromkeys(sorted(eligible), 0.0)
    for ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            total[name] = total.get(name, 0.0) + position_bias(rank)
    return total


def group_means(values: Mapping[str, float], groups: Mapping[str, str]) -> dict[str, float]:
    """Return the mean value of each group's members."""
    members: dict[str, list[float]] = {}
    for name, value in values.items():
        members.setdefault(groups[name], []).append(value)
    return {group: sum(found) / len(found) for group, found in sorted(members.items())}


def ratio(value: float, reference: float) -> float | None:
    """Return one group over another; bands of 0.8 to 1.25 count as even from 30 impressions on."""
    return value / reference if reference > 0 else None


def treatment_ratio(
    exposure_by: Mapping[str, float], relevance_by: Mapping[str, float], one: str, other: str
) -> float | None:
    """Return exposure per relevance of one group over another's (Singh & Joachims 2018)."""
    if min(relevance_by[one], relevance_by[other], exposure_by[other]) <= 0:
        return None
    own = exposure_by[one] / relevance_by[one]
    return own / (exposure_by[other] / relevance_by[other])


def never_shown(values: Mapping[str, float]) -> list[str]:
    """Return the eligible that nobody was shown, in order."""
    return sorted(name for name, value in values.items() if value == 0)


def congestion(invitations: Sequence[int], capacity: Sequence[int]) -> float | None:
    """Return the share of invitations that went beyond what their receivers can answer."""
    total = sum(invitations)
    over = sum(max(0, sent - cap) for sent, cap in zip(invitations, capacity, strict=True))
    return over / total if total else None

"""Dependence of a country or region on commodities, and the shift towards value added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

DEPENDENT_ABOVE = 0.60


@dataclass(frozen=True)
class Shift:
    """How much of the value lies beyond the raw stages, before and after; in shares and points."""

    before: float
    after: float
    points: float
    mean_rank_before: float
    mean_rank_after: float


def commodity_share(goods: Mapping[str, float], commodities: Collection[str]) -> float | None:
    """Return commodities over merchandise exports; services are not merchandise.

    Average three years before judging, as UNCTAD does. None without exports.
    """
    total = sum(goods.values())
    if total <= 0:
        return None
    return sum(value for name, value in goods.items() if name in commodities) / total


def is_dependent(share: float) -> bool:
    """Say whether more than 60 % is commodities; exactly 60 % is not (UNCTAD 2019-2023)."""
    return share > DEPENDENT_ABOVE


def value_added_shift(
    before: Mapping[str, float], after: Mapping[str, float], rank: Mapping[str, float]
) -> Shift | None:
    """Return the shift of value beyond rank 0, of the same firms at two dates.

    Firms that came or went between the dates must be left out, or entry passes for upgrading.
    """
    if sum(before.values()) <= 0 or sum(after.values()) <= 0:
        return None
    first, second = _beyond_raw(before, rank), _beyond_raw(after, rank)
    ranks = _mean_rank(before, rank), _mean_rank(after, rank)
    return Shift(first, second, 100 * (second - first), *ranks)


def _beyond_raw(value: Mapping[str, float], rank: Mapping[str, float]) -> float:
    return sum(v for stage, v in value.items() if rank[stage] > 0) / sum(value.values())


def _mean_rank(value: Mapping[str, float], rank: Mapping[str, float]) -> float:
    return sum(v * rank[stage] for stage, v in value.items()) / sum(value.values())

"""Orders that leave nothing to chance: by score, then by ids."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.batch import Floats, Indexes
from matching.engine.features import Flags
from matching.engine.rules import Rules

DECIMALS = 6


@dataclass(frozen=True)
class RankedGroup:
    """An organization: its score, and where its best offers are, best first."""

    owner: int
    score: float
    members: tuple[int, ...]


def order_of(score: Floats, ids: Indexes) -> Indexes:
    """Return positions by score, best first; equal scores by id, so that order is total."""
    return np.lexsort((ids, -np.round(score, DECIMALS)))


def best_per_owner(
    score: Floats, ids: Indexes, owners: Indexes, passed: Flags, per_owner: int
) -> Indexes:
    """Return positions that passed, best first, at most ``per_owner`` of each owner."""
    order = order_of(score, ids)
    order = order[passed[order]]
    mine = owners[order]
    grouped = np.argsort(mine, kind="stable")
    sorted_owners = mine[grouped]
    first = np.searchsorted(sorted_owners, sorted_owners, side="left")
    nth = np.empty(len(order), np.int64)
    nth[grouped] = np.arange(len(order)) - first
    return order[nth < per_owner]


def rank_groups(
    score: Floats, ids: Indexes, owners: Indexes, passed: Flags, rules: Rules
) -> list[RankedGroup]:
    """Return organizations in order, each by its best offer with a bonus for further ones."""
    members: dict[int, list[int]] = {}
    kept = best_per_owner(score, ids, owners, passed, rules.offers_per_organization)
    for position in kept.tolist():
        members.setdefault(int(owners[position]), []).append(position)
    groups = [
        RankedGroup(owner, combined([float(score[i]) for i in places], rules), tuple(places))
        for owner, places in members.items()
    ]
    return sorted(groups, key=lambda group: (-round(group.score, DECIMALS), group.owner))


def combined(scores: Sequence[float], rules: Rules) -> float:
    """Return (best + share x sum of the next) / most that can be; scores come best first."""
    further = rules.offers_per_organization - 1
    top = scores[: further + 1]
    return (top[0] + rules.other_offers * sum(top[1:])) / (1 + rules.other_offers * further)

"""Hard conditions of a match: no score outvotes one, and each keeps how many it removed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.batch import Indexes
from matching.engine.features import Flags, Pairs, certificates_held
from matching.engine.geo import ReachKind


@dataclass(frozen=True)
class Gate:
    """A condition by its code, and for each pair whether it holds."""

    code: str
    holds: Flags


@dataclass(frozen=True)
class Covers:
    """What the index says of cells: does the offer reach the need, does the need look there."""

    offer_reaches: Flags
    need_looks: Flags


@dataclass(frozen=True)
class Step:
    """How many organizations were left after a gate, and how many it removed."""

    code: str
    kept: int
    removed: int


def gates_of(pairs: Pairs, covers: Covers | None = None) -> list[Gate]:
    """Return the gates in the order in which a person thinks of them.

    Without ``covers`` the pairs were already narrowed by cells and only exact distances are left.
    A distance that is unknown refuses nobody.
    """
    return [
        Gate("open", _open(pairs)),
        Gate("same_field", _same_field(pairs)),
        Gate("covers_place", _offer_reaches(pairs, covers)),
        Gate("within_reach", _need_looks(pairs, covers)),
        Gate("open_to_contact", _flag(pairs, pairs.offers.head["open_to_contact"] > 0)),
        Gate("certificates", certificates_held(pairs) >= pairs.needs.column("n_certs")),
    ]


def all_hold(gates: Sequence[Gate], size: int) -> Flags:
    """Say for each pair whether every gate holds."""
    passed = np.ones(size, np.bool_)
    for gate in gates:
        passed &= gate.holds
    return passed


def ledger(gates: Sequence[Gate], owners: Indexes) -> list[Step]:
    """Count the organizations left after each gate in turn."""
    passed = np.ones(len(owners), np.bool_)
    before, steps = len(np.unique(owners)), []
    for gate in gates:
        passed &= gate.holds
        kept = len(np.unique(owners[passed]))
        steps.append(Step(gate.code, kept, before - kept))
        before = kept
    return steps


def gains(gates: Sequence[Gate], owners: Indexes) -> dict[str, int]:
    """Return how many more organizations there would be without each gate alone."""
    base = set(owners[all_hold(gates, len(owners))].tolist())
    found = {}
    for gate in gates:
        others = [other for other in gates if other.code != gate.code]
        without = set(owners[all_hold(others, len(owners))].tolist())
        found[gate.code] = len(without - base)
    return found


def _open(pairs: Pairs) -> Flags:
    today = pairs.today
    open_days = np.ones(pairs.size, np.bool_)
    for side in (pairs.needs, pairs.offers):
        open_days &= (side.head["starts"] <= today) & (side.head["expires"] >= today)
    others = pairs.needs.head["organization"] != pairs.offers.head["organization"]
    open_days &= others
    return open_days


def _same_field(pairs: Pairs) -> Flags:
    """Say whether they share words, or a code, enough to mean something."""
    said = np.nan_to_num(pairs.covered) >= pairs.rules.same_words
    return said | (np.nan_to_num(pairs.common.value) >= pairs.rules.same_field)


def _offer_reaches(pairs: Pairs, covers: Covers | None) -> Flags:
    radius = pairs.offers.head["reach"] == ReachKind.RADIUS
    beyond = radius & (pairs.distance > pairs.offers.column("reach_km"))
    return _flag(pairs, ~beyond if covers is None else covers.offer_reaches & ~beyond)


def _need_looks(pairs: Pairs, covers: Covers | None) -> Flags:
    radius = pairs.needs.head["reach"] == ReachKind.RADIUS
    beyond = radius & (pairs.distance > pairs.needs.column("reach_km"))
    return _flag(pairs, ~beyond if covers is None else covers.need_looks & ~beyond)


def _flag(pairs: Pairs, values: Flags) -> Flags:
    return np.broadcast_to(values, (pairs.size,))

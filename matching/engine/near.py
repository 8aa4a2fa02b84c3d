"""Who would fit but for one thing, and by how much it is missed."""

from dataclasses import dataclass

import numpy as np

from matching.engine.batch import Indexes
from matching.engine.features import Flags, Pairs
from matching.engine.geo import ReachKind
from matching.engine.scoring import Assessment

CURABLE = ("covers_place", "within_reach", "open_to_contact", "certificates")
MAX_MISSING = 1
FAR_SHARE = 1.0  # of the radius: what is further away than this much more is not near
FAR_KM = 60.0
NEIGHBOR_KM = 400.0  # where no radius is asked, only names of places: the next ones are still near


@dataclass(frozen=True)
class Shortfall:
    """The one gate that keeps a pair out, and what would open it.

    ``beyond_km``: how far outside the radius of the side that ``gate`` asks; None when no radius is
    in the way. ``missing``: the required standards that are not held.
    """

    index: int
    gate: str
    beyond_km: float | None = None
    missing: tuple[int, ...] = ()


def near_misses(assessment: Assessment, *, limit: int) -> list[Shortfall]:
    """Return, for one need, the best offer of each organization that one gate alone keeps out."""
    pairs, owners = assessment.pairs, assessment.pairs.offers.head["organization"]
    inside = set(owners[assessment.passed].tolist())
    found: list[Shortfall] = []
    for index in _by_score(assessment, _failing_one(assessment)).tolist():
        owner = int(owners[index])
        gate = next(g.code for g in assessment.gates if not g.holds[index])
        missed = _shortfall(pairs, index, gate) if owner not in inside else None
        if missed:
            inside.add(owner)
            found.append(missed)
        if len(found) == limit:
            break
    return found


def _failing_one(assessment: Assessment) -> Flags:
    failed = np.zeros(assessment.pairs.size, np.int64)
    curable = np.ones(assessment.pairs.size, np.bool_)
    for gate in assessment.gates:
        failed += ~gate.holds
        if gate.code not in CURABLE:
            curable &= gate.holds
    return np.asarray(curable & (failed == 1), np.bool_)


def _by_score(assessment: Assessment, chosen: Flags) -> Indexes:
    ids, score = assessment.pairs.offers.ids, assessment.score
    order = np.lexsort((ids, -np.round(score, 6)))
    return order[chosen[order]]


def _shortfall(pairs: Pairs, index: int, gate: str) -> Shortfall | None:
    if gate == "certificates":
        missing = missing_standards(pairs, index)
        return Shortfall(index, gate, missing=missing) if len(missing) <= MAX_MISSING else None
    if gate == "open_to_contact":
        return Shortfall(index, gate)
    asks = pairs.offers if gate == "covers_place" else pairs.needs
    row = index if asks is pairs.offers else 0
    distance = float(pairs.distance[index])
    if asks.head["reach"][row] != ReachKind.RADIUS:
        return Shortfall(index, gate) if distance <= NEIGHBOR_KM else None
    radius = float(asks.column("reach_km")[row])
    beyond = distance - radius
    if np.isnan(distance) or beyond > max(FAR_KM, FAR_SHARE * radius):
        return None
    return Shortfall(index, gate, beyond_km=round(max(beyond, 0.0), 1))


def missing_standards(pairs: Pairs, index: int) -> tuple[int, ...]:
    """Return the required standards that an offer does not hold on the day."""
    required = pairs.needs.certificates.row(0)[::2]
    own = pairs.offers.certificates.row(index)
    held = {int(s) for s, until in zip(own[::2], own[1::2], strict=True) if until >= pairs.today}
    return tuple(int(standard) for standard in required if int(standard) not in held)

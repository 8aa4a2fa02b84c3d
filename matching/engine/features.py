"""Soft features of pairs: each a number from 0 to 1, or NaN when a fact is unknown.

One side of the pairs is a single listing, the other many; every function takes both directions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.engine.batch import Batch, Floats, Indexes, Ragged
from matching.engine.codes import layout_of, same_scheme, shared_levels
from matching.engine.geo import ReachKind, distance_km
from matching.engine.rules import Rules

Flags = npt.NDArray[np.bool_]
LOW_BITS = 0xFFFF


@dataclass(frozen=True)
class Pairs:
    """Needs beside offers, one of the two sides being a single listing, on a day."""

    needs: Batch
    offers: Batch
    today: int
    rules: Rules

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self.many)

    @property
    def one(self) -> Batch:
        """The single listing."""
        return self.needs if len(self.needs) == 1 else self.offers

    @property
    def many(self) -> Batch:
        """The listings it is paired with."""
        return self.offers if len(self.needs) == 1 else self.needs

    @cached_property
    def distance(self) -> Floats:
        """Kilometres between the two places; NaN when one is unknown."""
        needs, offers = self.needs, self.offers
        return distance_km(
            *(needs.column("latitude"), needs.column("longitude")),
            *(offers.column("latitude"), offers.column("longitude")),
        )

    @cached_property
    def shared(self) -> "Shared":
        """What the shared terms weigh."""
        return shared_weights(self.needs, self.offers)

    @cached_property
    def covered(self) -> Floats:
        """The share of what was asked that is said at all, however often; NaN without words."""
        perfect = self.needs.column("self_score")
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(perfect > 0, self.shared.asked / perfect, np.nan)

    @cached_property
    def answered(self) -> Floats:
        """The text feature, which a gate asks for too."""
        perfect = self.needs.column("self_score")
        scale = self.shared.both + self.rules.text.saturation * perfect
        with np.errstate(invalid="ignore", divide="ignore"):
            value = self.shared.both / scale
        return np.where(perfect > 0, np.clip(value, 0, 1), np.nan)

    @cached_property
    def common(self) -> "Common":
        """The best pair of codes."""
        return common_codes(self.many.codes, self.one.codes.values, self.rules)


@dataclass(frozen=True)
class Common:
    """For each pair: value of the deepest shared entry (NaN: no scheme in common), and its codes.

    ``level`` is that entry's; ``code`` is the packed code of the single side that shares it.
    """

    value: Floats
    level: npt.NDArray[np.int8]
    code: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shared:
    """For each pair, sums over the terms that it shares.

    ``both``: need weight times offer weight. ``asked``: the need weight alone, at most; an offer
    that barely says a word (weight below 1) has it count as much less.
    """

    both: Floats
    asked: Floats


def shared_weights(needs: Batch, offers: Batch) -> Shared:
    """Return what the terms weigh that each pair shares."""
    one, many = (needs, offers) if len(needs) == 1 else (offers, needs)
    if not len(one.terms.values):
        return Shared(np.zeros(len(many)), np.zeros(len(many)))
    hits = _positions(many.terms.values, one.terms.values)
    order = np.searchsorted(one.terms.values, many.terms.values[hits])
    mine = one.weights[order].astype(np.float64)
    theirs = many.weights[hits].astype(np.float64)
    asked, offered = (mine, theirs) if one is needs else (theirs, mine)
    # "right": an empty row begins where the row that owns the value begins
    rows = np.searchsorted(many.terms.starts, hits, side="right") - 1
    return Shared(
        _summed(rows, asked * offered, len(many)),
        _summed(rows, asked * np.minimum(offered, 1.0), len(many)),
    )


def _summed(rows: Indexes, values: Floats, size: int) -> Floats:
    return np.bincount(rows, weights=values, minlength=size).astype(np.float64)


def _positions(values: npt.NDArray[np.int32], wanted: npt.NDArray[np.int32]) -> Indexes:
    """Return where ``values`` are among the sorted ``wanted``: low bits first, then all bits."""
    table = np.zeros(LOW_BITS + 1, np.bool_)
    table[wanted & LOW_BITS] = True
    maybe = np.flatnonzero(table[values & LOW_BITS])
    found = values[maybe]
    place = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    hits: Indexes = maybe[wanted[place] == found]
    return hits


def common_codes(many: Ragged, one: npt.NDArray[np.int32], rules: Rules) -> Common:
    """Return the deepest entry that each listing of ``many`` shares with any code of ``one``."""
    best = np.full(len(many.values), np.nan)
    levels = np.zeros(len(many.values), np.int8)
    codes = np.zeros(len(many.values), np.int64)
    for code in one.tolist():
        value, shared = _values(many.values, code, rules)
        better = (value > best) | (np.isnan(best) & ~np.isnan(value))
        best[better], levels[better], codes[better] = value[better], shared[better], code
    return _deepest_per_row(many, Common(best, levels, codes))


def _values(
    codes: npt.NDArray[np.int32], other: int, rules: Rules
) -> tuple[Floats, npt.NDArray[np.int8]]:
    layout = layout_of(other)
    shared = shared_levels(codes, other)
    by_level = np.array(rules.common_level[layout.scheme])
    value = by_level[shared] + rules.same_entry * (codes == other)
    return np.where(same_scheme(codes, other), value, np.nan), shared


def _deepest_per_row(many: Ragged, flat: Common) -> Common:
    """Keep the best value of each row; rows without codes stay unknown."""
    n = len(many.counts)
    value, levels, codes = np.full(n, np.nan), np.zeros(n, np.int8), np.zeros(n, np.int64)
    ranked = np.lexsort((np.nan_to_num(flat.value, nan=-1.0), many.rows))
    last = np.cumsum(many.counts) - 1
    filled = many.counts > 0
    pick = ranked[last[filled]]
    value[filled], levels[filled], codes[filled] = (
        flat.value[pick],
        flat.level[pick],
        flat.code[pick],
    )
    return Common(value, levels, codes)


def text(pairs: Pairs) -> Floats:
    """Return b / (b + saturation * self score): how much of what was asked the words answer."""
    return pairs.answered


def classification(pairs: Pairs) -> Floats:
    """Return the value of the deepest entry that both share in a scheme they have in common."""
    return np.clip(pairs.common.value, 0, 1)


def geography(pairs: Pairs) -> Floats:
    """Return exp(-distance / scale), the scale being how far the need looks."""
    rules = pairs.rules
    scales = np.zeros(len(ReachKind))
    scales[ReachKind.TERRITORIES] = rules.territories_km
    scales[ReachKind.NATIONAL] = rules.national_km
    scales[ReachKind.WORLDWIDE] = rules.worldwide_km
    kind = pairs.needs.head["reach"]
    radius = np.maximum(pairs.needs.column("reach_km"), rules.radius_floor_km)
    scale = np.where(kind == ReachKind.RADIUS, radius, scales[kind])
    return np.asarray(np.exp(-pairs.distance / scale), np.float64)


def certificates(pairs: Pairs) -> Floats:
    """Return the share of the required certificates held and valid; NaN when none is required."""
    held = certificates_held(pairs)
    required = pairs.needs.column("n_certs")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.broadcast_to(np.where(required > 0, held / required, np.nan), (pairs.size,))


def certificates_held(pairs: Pairs) -> Floats:
    """Return how many of the required certificates each offer holds on the day."""
    many, one = pairs.many.certificates, pairs.one.certificates.values
    standards, days, rows = many.values[::2], many.values[1::2], many.rows[::2]
    place = np.searchsorted(one[::2], standards)
    inside = np.minimum(place, max(len(one) // 2 - 1, 0))
    if not len(one):
        return np.zeros(pairs.size)
    valid = (one[::2][inside] == standards) & (days >= pairs.today)
    valid &= one[1::2][inside] >= pairs.today
    return np.bincount(rows, weights=valid, minlength=pairs.size).astype(np.float64)


def size(pairs: Pairs) -> Floats:
    """Return 1 - |steps to the nearest wanted size| / 4; NaN when either is unknown."""
    wanted, actual = pairs.needs.head["wanted_sizes"] & 31, np.minimum(pairs.offers.head["size"], 4)
    return np.broadcast_to(SIZE_FIT[wanted, actual], (pairs.size,))


def _size_fit() -> Floats:
    """Return the fit of each size (1 to 4) for each set of wanted sizes, as bits 1 to 4."""
    table = np.full((32, 5), np.nan)
    for wanted in range(2, 32):
        sizes = [step for step in range(1, 5) if wanted >> step & 1]
        for step in range(1, 5):
            table[wanted, step] = 1 - min(abs(step - other) for other in sizes) / 4
    return table


SIZE_FIT = _size_fit()


def freshness(pairs: Pairs) -> Floats:
    """Return 0.5 ** (age / half life), the age being that of the offer's last word in days."""
    age = np.maximum(pairs.today - pairs.offers.column("refreshed"), 0)
    value = 0.5 ** (age / pairs.rules.half_life_days)
    return np.broadcast_to(value, (pairs.size,))


def cluster(pairs: Pairs) -> Floats:
    """Return 1 when both are in the same cluster, 0 when not; NaN when the need's is in none."""
    shared = np.isin(pairs.many.clusters.values, pairs.one.clusters.values)
    both = np.bincount(pairs.many.clusters.rows[shared], minlength=pairs.size) > 0
    return np.where(pairs.needs.head["n_clusters"] > 0, both, np.nan)


FEATURE_FUNCTIONS: Mapping[str, Callable[[Pairs], Floats]] = {
    "text": text,
    "classification": classification,
    "geography": geography,
    "certificates": certificates,
    "size": size,
    "freshness": freshness,
    "cluster": cluster,
}

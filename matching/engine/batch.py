"""Many listings as arrays, decoded from their payloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.engine.payload import HEADER, headers

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ragged:
    """Values of many rows end to end; row ``i`` owns ``counts[i]`` of them."""

    values: Ints
    counts: Indexes

    @cached_property
    def starts(self) -> Indexes:
        """Where each row begins."""
        return np.concatenate(([0], np.cumsum(self.counts)[:-1])).astype(np.int64)

    @cached_property
    def rows(self) -> Indexes:
        """The row of each value."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def row(self, index: int) -> Ints:
        """Return the values of one row."""
        start = int(self.starts[index])
        return self.values[start : start + int(self.counts[index])]


@dataclass(frozen=True)
class Batch:
    """Listings side by side: scalars in ``head``, lists end to end."""

    ids: Indexes
    head: npt.NDArray[np.void]
    terms: Ragged
    weights: npt.NDArray[np.float16]
    codes: Ragged
    certificates: Ragged
    clusters: Ragged

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def decode(cls, ids: Sequence[int], payloads: Sequence[bytes]) -> "Batch":
        """Read payloads; the order of rows is kept."""
        head = headers(payloads)
        n_terms, n_codes, n_certs, n_clusters = (
            head[name].astype(np.int64) for name in ("n_terms", "n_codes", "n_certs", "n_clusters")
        )
        ends = HEADER.itemsize + 4 * n_terms
        lists = n_codes + 2 * n_certs + n_clusters
        terms = _join(payloads, np.full(len(payloads), HEADER.itemsize), ends)
        tails = _join(payloads, ends, ends + 4 * lists)
        weights = _join(payloads, ends + 4 * lists, ends + 4 * lists + 2 * n_terms)
        starts = np.concatenate(([0], np.cumsum(lists)[:-1])) if len(payloads) else lists
        tail = np.frombuffer(tails, "<i4")
        return cls(
            ids=np.asarray(ids, np.int64),
            head=head,
            terms=Ragged(np.frombuffer(terms, "<i4"), n_terms),
            weights=np.frombuffer(weights, "<f2"),
            codes=_section(tail, starts, n_codes),
            certificates=_section(tail, starts + n_codes, 2 * n_certs),
            clusters=_section(tail, starts + n_codes + 2 * n_certs, n_clusters),
        )

    def column(self, name: str) -> Floats:
        """Return a number of every listing."""
        return np.asarray(self.head[name], np.float64)


def _join(payloads: Sequence[bytes], begins: Indexes, ends: Indexes) -> bytes:
    """Cut the same part out of every payload and put the parts end to end."""
    cuts = zip(payloads, begins.tolist(), ends.tolist(), strict=True)
    return b"".join([row[begin:end] for row, begin, end in cuts])


def _section(tail: Ints, starts: Indexes, counts: Indexes) -> Ragged:
    """Pick ``counts[i]`` values from ``starts[i]`` on, for every row."""
    total = int(counts.sum())
    if not total:
        return Ragged(np.zeros(0, np.int32), counts)
    shifts = np.cumsum(counts) - counts
    index = np.arange(total) + np.repeat(starts - shifts, counts)
    return Ragged(tail[index], counts)

"""A listing as bytes: a fixed header, then terms, codes, certificates, clusters and weights.

header     HEADER (little endian, 72 bytes)
terms      int32 x n_terms, ascending
codes      int32 x n_codes, packed (see ``codes``)
certs      int32 pairs x n_certs: standard, last valid day (proleptic ordinal)
clusters   int32 x n_clusters
weights    float16 x n_terms: document weights of an offer, query weights of a need
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matching.engine.geo import ReachKind, Spot

LAYOUT_VERSION = 1
MAX_TERMS = 512
MAX_CODES = 16
MAX_LIST = 64
NO_DAY = 3_652_059  # 9999-12-31

HEADER = np.dtype(
    [
        ("organization", "<i8"),
        ("latitude", "<f4"),
        ("longitude", "<f4"),
        ("reach_km", "<f4"),
        ("self_score", "<f4"),
        ("starts", "<i4"),
        ("expires", "<i4"),
        ("refreshed", "<i4"),
        ("n_terms", "<u2"),
        ("n_codes", "u1"),
        ("n_certs", "u1"),
        ("n_clusters", "u1"),
        ("version", "u1"),
        ("reach", "u1"),
        ("size", "u1"),
        ("wanted_sizes", "u1"),
        ("open_to_contact", "u1"),
        ("audience", "u1"),
        ("spare", "u1"),
    ],
    align=False,
)

Bytes = npt.NDArray[np.void]


@dataclass(frozen=True)
class Doc:
    """What the engine knows of one listing.

    ``size`` is 1 micro to 4 large, 0 unknown; ``wanted_sizes`` has bit ``size`` set for each size
    that a need prefers; days are proleptic ordinals. ``weights`` are those of ``terms``: for an
    offer the document part of BM25, for a need frequency times rarity. ``self_score`` is what a
    perfect text would score. ``certificates`` maps a standard to its last valid day.
    """

    organization: int
    spot: Spot | None
    reach: ReachKind
    reach_km: float
    starts: int
    expires: int
    refreshed: int
    terms: Mapping[int, float] = field(default_factory=dict)
    codes: tuple[int, ...] = ()
    certificates: Mapping[int, int] = field(default_factory=dict)
    clusters: tuple[int, ...] = ()
    self_score: float = 0.0
    size: int = 0
    wanted_sizes: int = 0
    open_to_contact: bool = True
    audience: int = 0


def encode(doc: Doc) -> bytes:
    """Return the bytes of a listing; terms beyond MAX_TERMS are dropped, lightest first."""
    terms = _heaviest(doc.terms)
    codes = doc.codes[:MAX_CODES]
    certs = sorted(doc.certificates.items())[:MAX_LIST]
    clusters = sorted(doc.clusters)[:MAX_LIST]
    spot = doc.spot or Spot(np.nan, np.nan)
    header = np.zeros(1, HEADER)
    header[0] = (
        *(doc.organization, spot.latitude, spot.longitude, doc.reach_km, doc.self_score),
        *(doc.starts, doc.expires, doc.refreshed),
        *(len(terms), len(codes), len(certs), len(clusters), LAYOUT_VERSION),
        *(int(doc.reach), doc.size, doc.wanted_sizes, doc.open_to_contact, doc.audience, 0),
    )
    tail = [*codes, *(number for pair in certs for number in pair), *clusters]
    return b"".join(
        (
            header.tobytes(),
            np.array([key for key, _ in terms], "<i4").tobytes(),
            np.array(tail, "<i4").tobytes(),
            np.array([weight for _, weight in terms], "<f2").tobytes(),
        )
    )


def _heaviest(terms: Mapping[int, float]) -> list[tuple[int, float]]:
    kept = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:MAX_TERMS]
    return sorted(kept)


def headers(payloads: Sequence[bytes]) -> npt.NDArray[np.void]:
    """Return the headers of many listings as one structured array."""
    size = HEADER.itemsize
    return np.frombuffer(b"".join([row[:size] for row in payloads]), HEADER)

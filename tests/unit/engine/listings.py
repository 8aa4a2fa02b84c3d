"""Listings for the engine's tests: plain ones, and any that hypothesis can think of."""

from dataclasses import replace

from hypothesis import strategies as st

from matching.engine.batch import Batch
from matching.engine.codes import pack
from matching.engine.features import Pairs
from matching.engine.geo import ReachKind, Spot
from matching.engine.payload import NO_DAY, Doc, encode
from matching.engine.rules import PARTNERS, Rules

TODAY = 739_579  # 2025-11-24
CODES = [
    code
    for scheme, written in (
        *(("isic4", code) for code in ("1101", "1102", "1103", "2511", "0121")),
        *(("cpv2008", code) for code in ("30192800", "30199410", "30190000", "90910000")),
        *(("hs", code) for code in ("220421", "2204", "482110")),
    )
    if (code := pack(scheme, written)) is not None
]


def doc(**values) -> Doc:
    """An open listing of organization 1 in Santa Cruz, serving its country."""
    plain = Doc(
        organization=1,
        spot=Spot(-34.64, -71.37),
        reach=ReachKind.NATIONAL,
        reach_km=0.0,
        starts=TODAY - 10,
        expires=TODAY + 10,
        refreshed=TODAY - 10,
    )
    return replace(plain, **values)


def need(**values) -> Doc:
    return doc(**{"organization": 2, "terms": {5: 3.0, 9: 2.0}, "self_score": 5.0, **values})


def offer(**values) -> Doc:
    return doc(**{"terms": {5: 1.0, 7: 1.0}, **values})


def batch(docs, ids=None) -> Batch:
    rows = list(docs)
    return Batch.decode(ids or range(1, len(rows) + 1), [encode(row) for row in rows])


def pairs(a_need: Doc, offers, rules: Rules = PARTNERS) -> Pairs:
    return Pairs(batch([a_need]), batch(offers), TODAY, rules)


def reversed_pairs(needs, an_offer: Doc, rules: Rules = PARTNERS) -> Pairs:
    return Pairs(batch(needs), batch([an_offer]), TODAY, rules)


spots = st.one_of(
    st.none(),
    st.builds(Spot, st.floats(-80, 80, width=32), st.floats(-180, 179.5, width=32)),
)
weights = st.floats(2**-6, 30, width=16)
docs = st.builds(
    Doc,
    organization=st.integers(1, 6),
    spot=spots,
    reach=st.sampled_from(ReachKind),
    reach_km=st.integers(1, 2_000).map(float),
    starts=st.integers(TODAY - 400, TODAY + 5),
    expires=st.integers(TODAY - 5, TODAY + 400),
    refreshed=st.integers(TODAY - 2_000, TODAY + 2),
    terms=st.dictionaries(st.integers(1, 40), weights, max_size=12),
    codes=st.lists(st.sampled_from(CODES), max_size=4, unique=True).map(tuple),
    certificates=st.dictionaries(
        st.integers(1, 5), st.sampled_from([TODAY - 1, TODAY, NO_DAY]), max_size=4
    ),
    clusters=st.lists(st.integers(1, 4), max_size=3, unique=True).map(tuple),
    self_score=st.floats(0, 50, width=32),
    size=st.integers(0, 4),
    wanted_sizes=st.integers(0, 15).map(lambda bits: bits << 1),
    open_to_contact=st.booleans(),
    audience=st.integers(0, 2),
)
many = st.lists(docs, min_size=1, max_size=8)

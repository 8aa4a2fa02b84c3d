"""Each feature and gate by examples that a person can check."""

import math

import numpy as np
import pytest

from matching.engine.codes import pack
from matching.engine.gates import Covers
from matching.engine.geo import ReachKind, Spot
from matching.engine.payload import NO_DAY
from matching.engine.scoring import assess
from tests.unit.engine.listings import TODAY, need, offer, pairs, reversed_pairs

SANTA_CRUZ = Spot(-34.64, -71.37)
CURICO = Spot(-34.983, -71.233)  # 40 km south
LABELS, PAPER, STATIONERY = (pack("cpv2008", code) for code in ("30192800", "30199410", "30190000"))


def value(name, a_need, an_offer):
    found = float(assess(pairs(a_need, [an_offer])).features[name][0])
    return None if math.isnan(found) else found


def holds(code, a_need, an_offer):
    gates = assess(pairs(a_need, [an_offer])).gates
    return bool(next(gate for gate in gates if gate.code == code).holds[0])


def test_text_is_what_is_answered_of_what_was_asked():
    shared = 3.0 * 1.0
    assert value("text", need(), offer()) == pytest.approx(shared / (shared + 0.25 * 5.0))
    assert value("text", need(), offer(terms={8: 1.0})) == 0
    assert value("text", need(terms={}, self_score=0.0), offer()) is None


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (LABELS, 1.0),  # the same entry, at level 5: 0.95 + 0.05
        (STATIONERY, 0.8),
        (PAPER, 0.8),
        (pack("cpv2008", "30200000"), 0.3),
        (pack("cpv2008", "90910000"), 0.0),
        (pack("isic4", "1709"), None),  # no scheme in common: unknown, not different
    ],
)
def test_classification_is_the_depth_of_the_common_entry(theirs, expected):
    found = value("classification", need(codes=(LABELS,)), offer(codes=(theirs,)))
    assert found == (None if expected is None else pytest.approx(expected))


def test_classification_takes_the_best_pair_of_codes():
    mine = (pack("isic4", "1102"), LABELS)
    theirs = (pack("cpv2008", "90910000"), PAPER)
    assert value("classification", need(codes=mine), offer(codes=theirs)) == pytest.approx(0.8)


def test_geography_decays_with_distance_by_how_far_the_need_looks():
    near = value("geography", need(reach=ReachKind.RADIUS, reach_km=100.0), offer(spot=CURICO))
    assert near == pytest.approx(math.exp(-0.4), abs=0.01)
    wide = value("geography", need(reach=ReachKind.WORLDWIDE), offer(spot=CURICO))
    assert wide == pytest.approx(math.exp(-40 / 8_000), abs=0.001)
    assert value("geography", need(spot=None), offer()) is None


def test_size_is_steps_to_the_nearest_wanted_one():
    wanted = need(wanted_sizes=0b0110)  # micro and small
    assert value("size", wanted, offer(size=2)) == 1
    assert value("size", wanted, offer(size=4)) == 0.5
    assert value("size", wanted, offer(size=0)) is None
    assert value("size", need(), offer(size=3)) is None


def test_freshness_halves_in_ninety_days():
    assert value("freshness", need(), offer(refreshed=TODAY - 90)) == pytest.approx(0.5)
    assert value("freshness", need(), offer(refreshed=TODAY + 3)) == 1


def test_cluster_is_unknown_when_the_need_is_in_none():
    assert value("cluster", need(clusters=(3, 4)), offer(clusters=(4,))) == 1
    assert value("cluster", need(clusters=(3,)), offer(clusters=(4,))) == 0
    assert value("cluster", need(), offer(clusters=(4,))) is None


def test_certificates_must_all_be_held_on_the_day():
    asking = need(certificates={1: NO_DAY, 2: NO_DAY})
    both = offer(certificates={1: TODAY, 2: NO_DAY, 9: NO_DAY})
    late = offer(certificates={1: TODAY - 1, 2: NO_DAY})
    assert holds("certificates", asking, both)
    assert not holds("certificates", asking, late)
    assert value("certificates", asking, late) == 0.5
    assert value("certificates", need(), both) is None


@pytest.mark.parametrize(("km", "reached"), [(30.0, False), (60.0, True)])
def test_an_offer_reaches_as_far_as_its_radius(km, reached):
    serving = offer(spot=CURICO, reach=ReachKind.RADIUS, reach_km=km)
    assert holds("covers_place", need(spot=SANTA_CRUZ), serving) is reached


@pytest.mark.parametrize(("km", "reached"), [(30.0, False), (60.0, True)])
def test_a_need_looks_as_far_as_its_radius(km, reached):
    looking = need(spot=SANTA_CRUZ, reach=ReachKind.RADIUS, reach_km=km)
    assert holds("within_reach", looking, offer(spot=CURICO)) is reached


def test_an_unknown_place_refuses_nobody():
    serving = offer(spot=CURICO, reach=ReachKind.RADIUS, reach_km=1.0)
    assert holds("covers_place", need(spot=None), serving)


def test_cells_that_do_not_reach_refuse_whatever_the_distance():
    found = pairs(need(), [offer()])
    no, yes = np.array([False]), np.array([True])
    result = assess(found, Covers(offer_reaches=no, need_looks=yes))
    assert not result.passed[0]


@pytest.mark.parametrize(
    "closed",
    [{"expires": TODAY - 1}, {"starts": TODAY + 1}, {"organization": 2}],
)
def test_only_open_offers_of_others_are_let_in(closed):
    assert not holds("open", need(), offer(**closed))
    assert holds("open", need(), offer())


def test_an_offer_closed_to_contact_is_not_a_match():
    assert not holds("open_to_contact", need(), offer(open_to_contact=False))


def test_what_shares_neither_words_nor_code_is_of_another_field():
    assert not holds("same_field", need(), offer(terms={8: 1.0}))
    assert holds("same_field", need(codes=(LABELS,)), offer(terms={}, codes=(PAPER,)))


def test_no_candidates_is_an_answer_too():
    assert len(assess(pairs(need(), [])).score) == 0
    assert len(assess(reversed_pairs([], offer())).score) == 0

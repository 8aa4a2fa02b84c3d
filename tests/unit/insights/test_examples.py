"""What a metric says of small cases worked by hand, and of nothing at all."""

import math

import numpy as np
import pytest

from insights.metrics import (
    bands,
    chain,
    cohesion,
    concentration,
    disclosure,
    emergence,
    exposure,
    footprint,
    helix,
    inclusion,
    knowledge,
    market,
    programs,
    ranking,
    recovery,
    robustness,
    specialization,
    survival,
    upgrading,
)
from insights.metrics.cascade import cascade
from insights.metrics.dependence import Trade, dependence


def test_a_cell_withheld_alone_takes_another_with_it() -> None:
    even, few = [5.0] * 6, [5.0] * 2
    assert [d.value for d in disclosure.gate_row([even, few, [9.0] * 6])] == [
        "suppress_few_contributors",
        "suppress_few_contributors",
        "publish",
    ]
    assert set(disclosure.gate_row([even, even])) == {disclosure.Decision.PUBLISH}


def test_a_footprint_is_no_ones_address() -> None:
    points = [(500.0 + 300 * i, 400.0 + 170 * (i % 3)) for i in range(8)]
    shape = footprint.public_footprint([points], 8)
    assert shape is not None
    corners = np.asarray(shape.exterior.coords)
    assert np.allclose(corners % footprint.GRID_M, 0)
    assert all(shape.buffer(1e-6).covers(footprint.MultiPoint([p]).buffer(499)) for p in points)
    assert footprint.public_footprint([points], 4) is None


def test_nothing_in_gives_no_number_and_no_error() -> None:
    assert concentration.hhi([]) is concentration.gini([]) is concentration.theil_t([]) is None
    assert bands.hhi_bounds([]) is specialization.location_quotient(0, 0, 0, 0) is None
    assert cohesion.density(0, []) is cohesion.fragmentation(1, []) is cohesion.reciprocity([])
    assert dependence(Trade([], {}), "A") is robustness.robustness(0, []) is None
    assert cascade(Trade([], {}), ["A"], 0.4).total_loss_share is None
    assert chain.chain([], {}, [], []).coverage is chain.service(0, 0, 0).balance is None
    assert emergence.dbscan([], 1.0, 3).groups == ()
    assert survival.kaplan_meier([], []).median is helix.shares({}) is None
    assert inclusion.share(0, 0) is exposure.congestion([], []) is None
    assert market.steps(market.Funnel(0, 0, 0, 0, 0)).fill_rate is None
    assert programs.reach([0] * 6).take_up is programs.reach([0] * 6).largest_drop is None
    assert ranking.ndcg([], 5) is ranking.recall([], [], 5) is None
    assert recovery.replaceable_share([], [], 0.0, recovery.Terms(recovery.code_proximity)) is None
    assert upgrading.adoption({}, [2020]) == [None]
    assert knowledge.positions([], [], {}) == {}


def test_access_tells_a_closed_segment_from_a_missing_capability() -> None:
    assert inclusion.access(2, 40, 16, 20).verdict == "closed"
    assert inclusion.access(30, 40, 16, 20).verdict == "open"
    assert inclusion.access(1, 4, 16, 20).verdict == "insufficient"
    assert inclusion.access(3, 6, 16, 20).verdict == "open"  # 3 of 6 may well be 0.8
    assert inclusion.access(0, 40, 0, 20) == inclusion.Access(
        inclusion.share(0, 40), inclusion.share(0, 20), None, "no_capable"
    )


def test_a_missing_certificate_is_one_certificate_away_not_an_option() -> None:
    buyer = recovery.Buyer("M", {"3250": 60.0}, 20.0, certificates=frozenset({"ISO 13485"}))
    terms = recovery.Terms(recovery.code_proximity)
    option = recovery.recovery(["3250"], [buyer], terms)[0]
    assert option.missing_certificates == {"ISO 13485"}
    assert option.score == pytest.approx(math.exp(-0.2))
    assert recovery.replaceable_share(["3250"], [buyer], 80.0, terms) == 0.0


def test_a_firm_at_the_cut_is_borderline_and_one_far_from_it_is_not() -> None:
    firms = list("ABCDEFGH")
    ties = [("A", x) for x in "BCDE"] + [("B", "A"), ("C", "A"), ("D", "A"), ("F", "B")]
    found = knowledge.with_borderline(firms, ties, {"A": 9, "B": 1, "G": 9})
    plain = knowledge.positions(firms, ties, {"A": 9, "B": 1, "G": 9})
    assert {firm: p.role for firm, p in found.items()} == {f: p.role for f, p in plain.items()}
    assert found["A"].borderline  # gives 4 and takes 3: one tie less given and it is no source
    assert found["C"].borderline  # two ties, and the mean is two
    assert not found["B"].borderline
    assert not found["H"].borderline


def test_stability_is_one_for_the_same_members_and_less_for_others() -> None:
    same = frozenset({1, 2, 3})
    assert emergence.stability([same, same, same]) == 1.0
    assert emergence.stability([same, frozenset({2, 3, 4})]) == 0.5
    assert emergence.stability([same]) is emergence.stability([same, frozenset()]) is None


def test_area_is_told_in_square_kilometers() -> None:
    shape = footprint.hull([(0.0, 0.0), (2_000.0, 0.0), (2_000.0, 3_000.0), (0.0, 3_000.0)], 1.0)
    assert footprint.area_km2(shape) == pytest.approx(6.0)

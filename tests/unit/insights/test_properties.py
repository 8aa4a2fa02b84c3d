"""Properties that hold for every input of a metric."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.metrics import (
    agglomeration,
    bands,
    brokerage,
    cohesion,
    concentration,
    disclosure,
    intervals,
    knowledge,
    relatedness,
    robustness,
    specialization,
    survival,
    variety,
)
from insights.metrics.cascade import cascade
from insights.metrics.dependence import Trade, seller_concentration
from matching.engine import fairness, teams

amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=12)
counts = st.integers(1, 60)
tables = st.lists(
    st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=3, max_size=5
).filter(
    lambda t: all(sum(row) for row in t) and all(sum(column) for column in zip(*t, strict=True))
)
NAMES = "ABCDEF"
arcs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20)
sales = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 20)), max_size=12
).map(lambda rows: [(s, b, float(v)) for s, b, v in rows if s != b])


@given(tables)
def test_quotients_weigh_to_one_and_do_not_know_scale(table: list[list[int]]) -> None:
    quotients = specialization.location_quotients(table)
    weights = np.asarray(table).sum(1) / np.asarray(table).sum()
    assert np.allclose(weights @ quotients, 1)
    larger = (np.asarray(table) * 7.0).tolist()
    assert np.allclose(specialization.location_quotients(larger), quotients)


@given(st.integers(0, 40), counts, counts, counts)
def test_a_score_interval_holds_its_ratio(x: int, n: int, ref_x: int, ref_n: int) -> None:
    x, ref_x = min(x, n), min(ref_x, ref_n)
    found = intervals.ratio_score(x, n, ref_x, ref_n)
    assert found is not None
    low, high = found
    assert low <= (x / n) / (ref_x / ref_n) + 1e-9
    assert high >= (x / n) / (ref_x / ref_n) - 1e-9


@given(st.integers(0, 60), counts)
def test_a_wilson_interval_holds_its_share_within_0_and_1(x: int, n: int) -> None:
    x = min(x, n)
    found = intervals.wilson(x, n)
    assert found is not None
    assert 0 <= found[0] <= x / n <= found[1] <= 1


@given(amounts)
def test_concentration_lies_in_its_range_and_ignores_scale(values: list[float]) -> None:
    index, n = concentration.hhi(values), len(values)
    assert index is not None
    assert 1 / n - 1e-9 <= index <= 1 + 1e-9
    scaled = [7 * value for value in values]
    for measure in (concentration.hhi, concentration.theil_t, concentration.gini):
        assert measure(scaled) == pytest.approx(measure(values), abs=1e-9)


@given(st.floats(0.1, 100), st.integers(2, 10))
def test_equal_holders_have_no_inequality(value: float, n: int) -> None:
    equal = [value] * n
    assert concentration.theil_t(equal) == pytest.approx(0, abs=1e-12)
    assert concentration.gini(equal) == pytest.approx(0, abs=1e-12)
    assert concentration.effective_number(equal) == pytest.approx(n)


@given(st.lists(st.tuples(st.floats(0.01, 100), st.integers(0, 3)), min_size=1, max_size=12))
def test_theil_splits_exactly(rows: list[tuple[float, int]]) -> None:
    split = concentration.theil_split([v for v, _ in rows], [g for _, g in rows])
    assert split is not None
    assert split.between + split.within == pytest.approx(split.total, abs=1e-9)


@given(st.dictionaries(st.sampled_from(["A1", "A2", "B1", "B2", "C1"]), counts, min_size=1))
def test_related_and_unrelated_variety_add_up(jobs: dict[str, int]) -> None:
    found = variety.variety(jobs, {code: code[0] for code in jobs})
    assert found is not None
    assert found.related + found.unrelated == pytest.approx(found.total)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=7))
def test_bounds_from_bands_hold_every_share_inside_them(ends: list[tuple[float, float]]) -> None:
    known = [(min(pair), max(pair)) for pair in ends]
    found = bands.hhi_bounds(known)
    if found is None:
        low, high = sum(lo for lo, _ in known), sum(hi for _, hi in known)
        assert low > 1 or high < 1
        return
    spread = sum(hi - lo for lo, hi in known)
    part = (1 - sum(lo for lo, _ in known)) / spread if spread > 1e-9 else 0
    inside = sum((lo + part * (hi - lo)) ** 2 for lo, hi in known)
    assert found[0] - 1e-6 <= inside <= found[1] + 1e-6


@given(st.lists(st.tuples(counts, st.sampled_from("XYZ")), min_size=2, max_size=8))
def test_agglomeration_stays_below_all_plants_in_the_smallest_region(
    plants: list[tuple[int, str]],
) -> None:
    employment = [float(size) for size, _ in plants]
    regions = [region for _, region in plants]
    found = agglomeration.ellison_glaeser(employment, regions, {"X": 5, "Y": 3, "Z": 2})
    assert found is not None
    squares, smallest = 0.25 + 0.09 + 0.04, 0.2
    most = 1 + squares - 2 * smallest
    assert found.raw <= most + 1e-9
    if found.gamma is not None:
        room = (1 - squares) * (1 - found.plant_hhi)
        assert found.gamma <= (most - found.expected_raw) / room + 1e-9


@given(tables)
def test_proximity_is_symmetric_between_0_and_1(table: list[list[int]]) -> None:
    phi = relatedness.proximity(relatedness.presence(table))
    assert np.allclose(phi, phi.T)
    assert phi.min() >= 0
    assert phi.max() <= 1


def test_complexity_rises_with_diversity_on_a_nested_matrix() -> None:
    nested = [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0]]
    found = relatedness.complexity(nested)
    assert found.eci is not None
    known = [value for value in found.eci if value is not None]
    assert known == sorted(known, reverse=True)


@given(sales, st.sampled_from(NAMES), st.floats(0.1, 0.8), st.floats(0, 1), st.randoms())
def test_a_cascade_is_monotone_and_free_of_order(rows, gone, theta, replaced, random) -> None:  # type: ignore[no-untyped-def]
    trade = Trade(rows, {})
    base = set(cascade(trade, [gone], theta, replaced=replaced).exposed)
    assert base <= set(cascade(trade, [gone], theta / 2, replaced=replaced).exposed)
    assert base >= set(cascade(trade, [gone], theta, replaced=min(1, replaced + 0.2)).exposed)
    more = set(cascade(trade, [gone, "A"], theta, replaced=replaced).exposed)
    assert base - {"A"} <= more
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert set(cascade(Trade(shuffled, {}), [gone], theta, replaced=replaced).exposed) == base
    assert len(cascade(trade, [gone], theta, replaced=replaced).waves) <= len(NAMES) + 1


@given(sales)
def test_bounds_of_a_seller_are_ordered(rows: list[tuple[str, str, float]]) -> None:
    trade = Trade(rows, dict.fromkeys(NAMES, 30.0))
    for bound in seller_concentration(trade).values():
        assert bound.lower <= bound.upper <= 1 + 1e-9


@given(st.permutations(range(5)))
def test_robustness_does_not_know_names_without_equal_degrees(order: list[int]) -> None:
    ties = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (2, 3), (1, 4)]
    star = [(0, i) for i in range(1, 5)]
    renamed = [(order[a], order[b]) for a, b in star]
    assert robustness.robustness(5, renamed).value == robustness.robustness(5, star).value  # type: ignore[union-attr]
    assert robustness.robustness(5, ties) is not None


@given(arcs, st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_roles_cover_firms_and_follow_names(ties: list[tuple[int, int]], links: list[int]) -> None:
    firms = list(NAMES)
    named = [(firms[a], firms[b]) for a, b in ties]
    external = dict(zip(firms, links, strict=True))
    found = knowledge.positions(firms, named, external)
    assert set(found) == set(firms)
    turned = {name: firms[::-1][i] for i, name in enumerate(firms)}
    other = knowledge.positions(
        firms,
        [(turned[a], turned[b]) for a, b in named],
        {turned[f]: n for f, n in external.items()},
    )
    assert {turned[f]: p.role for f, p in found.items()} == {f: p.role for f, p in other.items()}
    back = knowledge.positions(firms, [(b, a) for a, b in named], external)
    swap = {"source": "absorber", "absorber": "source"}
    assert all(back[f].exchange == swap.get(p.exchange, p.exchange) for f, p in found.items())


@given(arcs, st.lists(st.integers(0, 9), min_size=6, max_size=6), st.sampled_from(NAMES))
def test_one_more_outside_link_never_closes_a_firm(ties, links, firm) -> None:  # type: ignore[no-untyped-def]
    external = dict(zip(NAMES, links, strict=True))
    named = [(NAMES[a], NAMES[b]) for a, b in ties]
    outward = {"technological_gatekeeper", "active_mutual_exchanger", "external_star"}
    before = knowledge.positions(NAMES, named, external)[firm].role
    after = knowledge.positions(NAMES, named, {**external, firm: external[firm] + 1})[firm].role
    assert before not in outward or after in outward


@given(arcs, st.lists(st.sampled_from("UIG"), min_size=6, max_size=6))
def test_brokerage_counts_every_open_path_once(ties: list[tuple[int, int]], groups) -> None:  # type: ignore[no-untyped-def]
    found = brokerage.brokerage(6, ties, groups)
    links = {(a, b) for a, b in ties if a != b}
    paths = sum(
        (a, v) in links and (v, c) in links and (a, c) not in links
        for a, v, c in ((a, v, c) for a in range(6) for v in range(6) for c in range(6))
        if len({a, v, c}) == 3
    )
    assert sum(getattr(b, role) for b in found for role in brokerage.ROLES) == paths


@given(arcs)
def test_cohesion_lies_between_0_and_1(ties: list[tuple[int, int]]) -> None:
    for value in (
        cohesion.density(6, ties),
        cohesion.fragmentation(6, ties),
        cohesion.reciprocity(ties),
    ):
        assert value is None or -1e-12 <= value <= 1 + 1e-12


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=20))
def test_a_waiting_curve_never_rises(rows: list[tuple[int, bool]]) -> None:
    curve = survival.kaplan_meier([t for t, _ in rows], [e for _, e in rows])
    shares = [share for _, share in curve.points]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


pools = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20)


@settings(deadline=None)
@given(pools, st.integers(1, 10), st.floats(0, 0.9))
def test_floors_lift_only_the_qualified(rows, k, threshold) -> None:  # type: ignore[no-untyped-def]
    entrants = [fairness.Entrant(i, score, sme) for i, (score, sme) in enumerate(rows)]
    found = fairness.rerank(entrants, k=k, threshold=threshold)
    steps = list(zip((0, *found.floors), found.floors, strict=False))
    assert all(0 <= after - before <= 1 for before, after in steps)
    assert len(set(found.ranking)) == len(found.ranking) == len(found.by_score)
    assert all(entrants[int(name)].score >= threshold for name in found.ranking)
    assert found.utility_retained is None or found.utility_retained <= 1 + 1e-9
    held = np.cumsum([entrants[int(name)].is_sme for name in found.ranking])
    assert all(held[i] >= floor for i, floor in enumerate(found.floors[: len(held)]))


@settings(deadline=None)
@given(st.integers(1, 15), st.integers(0, 15), st.integers(1, 10))
def test_adjusted_floors_keep_their_promise(pool: int, sme: int, k: int) -> None:
    sme = min(sme, pool)
    floors = fairness.adjusted_pool(pool, sme, k)
    assert fairness.failure_pool(floors, pool, sme) <= fairness.ALPHA + 1e-9


skills = st.dictionaries(
    st.sampled_from([f"m{i}" for i in range(7)]),
    st.tuples(st.frozensets(st.sampled_from("abcd"), min_size=1), st.integers(1, 9)),
    min_size=1,
)


@settings(deadline=None, max_examples=60)
@given(skills, st.frozensets(st.sampled_from("abcd"), min_size=1))
def test_a_team_is_the_cheapest_of_all(members, wanted) -> None:  # type: ignore[no-untyped-def]
    known = {name: teams.Member(can, float(cost)) for name, (can, cost) in members.items()}
    required = dict.fromkeys(sorted(wanted), 1)
    found, greedy = teams.form_team(required, known), teams.greedy_team(required, known)
    covering = [
        sum(known[name].cost for name in chosen)
        for size in range(len(known) + 1)
        for chosen in combinations(known, size)
        if wanted <= {skill for name in chosen for skill in known[name].skills}
    ]
    if not covering:
        assert found.team is None
        assert found.uncovered
        return
    assert found.cost == pytest.approx(min(covering))
    most = max(len(member.skills) for member in known.values())
    harmonic = sum(1 / i for i in range(1, most + 1))
    assert found.cost <= greedy.cost <= harmonic * found.cost + 1e-9  # type: ignore[operator]


@settings(deadline=None, max_examples=30)
@given(skills)
def test_further_teams_are_other_choices_and_near_the_best(members) -> None:  # type: ignore[no-untyped-def]
    known = {name: teams.Member(can, float(cost)) for name, (can, cost) in members.items()}
    found = teams.form_teams({"a": 1, "b": 1}, known, count=3, slack=0.5)
    chosen = [team.team for team in found if team.team is not None]
    assert all(not one <= other for one, other in combinations(chosen, 2))
    assert all(team.cost <= found[0].cost * 1.5 + 1e-9 for team in found)  # type: ignore[operator]


def test_terms_of_a_team_hold() -> None:
    known = {name: teams.Member(frozenset("a"), 1.0) for name in ("x", "y", "z")}
    terms = teams.Terms(frozenset("x"), (("x", "y"),), frozenset("z"), 0.5)
    assert teams.form_team({"a": 2}, known, terms).team == {"x", "z"}
    assert teams.form_team({"a": 3}, known, terms).team is None
    assert teams.form_team({"a": 2}, known, teams.Terms(max_members=1)).team is None
    assert teams.reasons({"a": 2}, known, frozenset("xz")) == {"x": ("a",), "z": ("a",)}


@given(st.lists(st.floats(1, 100), min_size=5, max_size=9), st.floats(1, 100))
def test_disclosure_follows_who_joins(values: list[float], value: float) -> None:
    assert disclosure.gate([*values, 1e6]) is disclosure.Decision.DOMINANT
    assert disclosure.gate([value] * 4) is disclosure.Decision.FEW
    assert disclosure.gate([value] * 6) is disclosure.Decision.PUBLISH

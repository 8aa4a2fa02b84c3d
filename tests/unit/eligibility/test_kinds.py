"""Each kind of rule passes, fails and does not know, as its words say."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.eligibility.answers import Answer
from programs.eligibility.evaluate import assess, check
from programs.eligibility.facts import Award, Fact, FactName
from programs.eligibility.findings import Reason
from programs.eligibility.kinds import COMBINED, Kind, read_rule
from programs.eligibility.reading import InvalidParametersError
from programs.eligibility.terms import Check, Effect, Scope, Terms, adjust
from programs.eligibility.units import UnitTable, UnitValue
from programs.eligibility.values import Amount, Interval, Limits, YearAmount
from tests.unit.eligibility.examples import EXAMPLES, VALUES, held, number, told
from tests.unit.eligibility.make import SELF, TODAY, day, facts, node

PASS, FAIL, UNKNOWN = Answer.PASS, Answer.FAIL, Answer.UNKNOWN
AFFIRMED = [k for k, v in EXAMPLES.items() if not v and k not in (Kind.CONSTITUTED, Kind.WOMEN_LED)]


def answer(kind, known, on=TODAY, **parameters):
    return read_rule(kind, EXAMPLES[kind] | parameters).find(known, on)


def test_every_simple_kind_has_an_example_that_reads_and_refuses_what_it_does_not_know():
    assert set(EXAMPLES) == set(Kind) - set(COMBINED)
    for kind, parameters in EXAMPLES.items():
        check(kind, parameters)
        with pytest.raises(InvalidParametersError):
            check(kind, parameters | {"nonsense": 1})


@pytest.mark.parametrize("kind", VALUES)
def test_a_kind_passes_fails_and_does_not_know(kind):
    name, passing, failing = VALUES[kind]
    assert answer(kind, facts()).answer is UNKNOWN
    assert answer(kind, replace(facts(), more=told(name, passing))).answer is PASS
    found = answer(kind, replace(facts(), more=told(name, failing)))
    assert (found.answer, found.fact, found.provenance) == (FAIL, name, SELF)


@pytest.mark.parametrize("kind", AFFIRMED)
def test_a_yes_or_no_is_asked_once_for_all_programs(kind):
    question = answer(kind, facts()).question
    assert question
    for said, expected in ((True, PASS), (False, FAIL)):
        assert answer(kind, facts(declarations={question: said})).answer is expected


def test_debts_fail_by_the_first_one_and_pass_when_all_are_denied():
    both = {"no-debt.tax": True, "no-debt.labor": True}
    assert answer(Kind.NO_DEBT, facts(declarations=both)).answer is PASS
    found = answer(Kind.NO_DEBT, facts(declarations={"no-debt.labor": False}))
    assert (found.answer, found.question) == (FAIL, "no-debt.labor")
    assert answer(Kind.NO_DEBT, facts(declarations={"no-debt.tax": True})).answer is UNKNOWN


UF = UnitTable(
    [
        UnitValue("UF", "CLP", dt.date(2024, 12, 9), Decimal(38_000)),
        UnitValue("UF", "CLP", dt.date(2025, 12, 31), Decimal(40_000)),
        UnitValue("UF", "CLP", dt.date(2026, 12, 1), Decimal(41_000)),
        UnitValue("USD", "CLP", dt.date(2025, 1, 1), Decimal(1_000)),
    ]
)


def sold(*years, units=UF, members=None, **shares):
    rows = tuple(
        YearAmount(year, Amount(Interval.exactly(pesos), "CLP"), **shares) for year, pesos in years
    )
    more = told(FactName.SALES, rows)
    if members:
        more |= told(FactName.MEMBER_COUNT, Interval.exactly(members))
    return replace(facts(), more=more, units=units)


def test_sales_are_counted_in_the_unit_at_the_end_of_their_year():
    assert answer(Kind.SALES, sold((2025, 25_000 * 40_000))).answer is PASS
    assert answer(Kind.SALES, sold((2025, 25_000 * 40_000 + 1))).answer is FAIL
    assert answer(Kind.SALES, sold((2025, 200 * 40_000 - 1))).answer is FAIL
    assert answer(Kind.SALES, sold((2024, 25_000 * 38_000))).answer is PASS


def test_sales_in_a_unit_without_a_value_are_unknown():
    found = answer(Kind.SALES, sold((2020, 1_000_000)))
    assert (found.answer, found.reason) == (UNKNOWN, Reason.NO_UNIT_VALUE)


def test_a_year_that_is_not_over_does_not_count_until_it_is():
    known = sold((2026, 25_000 * 50_000), (2025, 300 * 40_000))
    found = answer(Kind.SALES, known)
    assert (found.answer, found.flips_on) == (PASS, dt.date(2027, 1, 1))


def test_a_band_that_lies_across_a_limit_is_unknown():
    band = YearAmount(2025, Amount(Interval(Decimal(100_000), Decimal(1_000_000)), "USD"))
    known = replace(facts(), more=told(FactName.SALES, (band,)), units=UF)
    assert answer(Kind.SALES, known).answer is PASS  # 2,500 to 25,000 UF
    found = answer(Kind.SALES, known, max=24_999)
    assert (found.answer, found.reason) == (UNKNOWN, Reason.STRADDLES)


def test_an_average_needs_its_years_in_a_row():
    rule = {"years": 3, "min": 0, "max": 300, "unit": "CLP"}
    assert answer(Kind.SALES, sold((2025, 100), (2024, 300), (2023, 500)), **rule).answer is PASS
    assert answer(Kind.SALES, sold((2025, 100), (2024, 300), (2023, 501)), **rule).answer is FAIL
    found = answer(Kind.SALES, sold((2025, 100), (2023, 100), (2022, 100)), **rule)
    assert (found.answer, found.reason) == (UNKNOWN, Reason.TOO_FEW_YEARS)


def test_exports_are_taken_off_up_to_their_share():
    rule = {"min": 0, "max": 60, "unit": "CLP", "less_exports": 50}
    assert answer(Kind.SALES, sold((2025, 100), exports_pct=number("40")), **rule).answer is PASS
    assert answer(Kind.SALES, sold((2025, 121), exports_pct=number("90")), **rule).answer is FAIL
    assert answer(Kind.SALES, sold((2025, 100)), **rule).answer is UNKNOWN
    assert answer(Kind.SALES, sold((2025, 60)), **rule).answer is PASS  # whatever was exported


def test_sales_of_a_cooperative_are_shared_by_its_members():
    rule = {"min": 0, "max": 10, "unit": "CLP", "per_member": True}
    assert answer(Kind.SALES, sold((2025, 100), members=10), **rule).answer is PASS
    assert answer(Kind.SALES, sold((2025, 101), members=10), **rule).answer is FAIL
    missing = answer(Kind.SALES, sold((2025, 100)), **rule)
    assert (missing.answer, missing.fact) == (UNKNOWN, FactName.MEMBER_COUNT)


def test_an_amount_flips_when_its_unit_changes():
    asked = told(FactName.REQUESTED, Amount(Interval.exactly(100 * 40_000), "CLP"))
    known = replace(facts(), more=asked, units=UF)
    found = answer(Kind.REQUESTED, known, unit="UF")
    assert (found.answer, found.flips_on) == (PASS, dt.date(2026, 12, 1))


def test_units_are_converted_both_ways_and_over_a_third():
    on = dt.date(2026, 1, 1)
    assert UF.rate("UF", "CLP", on) == 40_000
    assert UF.rate("CLP", "UF", on) == Decimal(1) / 40_000
    assert UF.rate("UF", "USD", on) == 40
    assert UF.rate("UF", "CLP", dt.date(2020, 1, 1)) is None
    assert UF.rate("UF", "XXX", on) is None


@pytest.mark.parametrize(
    ("board", "capital", "expected"),
    [("60", "60", PASS), ("60", "50", FAIL), ("60", None, UNKNOWN), ("40", None, FAIL)],
)
def test_led_by_women_by_board_and_capital(board, capital, expected):
    more = told(FactName.WOMEN_BOARD_PCT, number(board))
    if capital:
        more |= told(FactName.WOMEN_CAPITAL_PCT, number(capital))
    assert answer(Kind.WOMEN_LED, replace(facts(), more=more)).answer is expected


def test_a_diagnostic_ages_whatever_its_own_end():
    done = {"digital": Fact(held("2025-11-24"), SELF)}
    found = answer(Kind.DIAGNOSTIC_DONE, replace(facts(), completed=done))
    assert (found.answer, found.flips_on) == (PASS, dt.date(2026, 11, 25))
    old = {"digital": Fact(held("2025-11-23", "2030-01-01"), SELF)}
    assert answer(Kind.DIAGNOSTIC_DONE, replace(facts(), completed=old)).answer is FAIL


def test_a_registration_is_held_until_its_last_day():
    for until, expected in (("2026-11-24", PASS), ("2026-11-23", FAIL)):
        entry = {"reniecyt": Fact(held("2020-01-01", until), SELF)}
        assert (
            answer(Kind.REGISTRATION_HELD, replace(facts(), registrations=entry)).answer is expected
        )


def test_an_earlier_award_stops_counting_after_its_cooling_off():
    recent = (Award("x", day("2023-01-01"), day("2024-12-31")),)
    found = answer(Kind.PREVIOUS_AWARD, replace(facts(), more=told(FactName.AWARDS, recent)))
    assert (found.answer, found.flips_on) == (FAIL, dt.date(2026, 12, 31))
    broken = (Award("x", day("2020-01-01"), day("2021-01-01"), False),)
    known = replace(facts(), more=told(FactName.AWARDS, broken))
    rule = read_rule(Kind.PREVIOUS_AWARD, {"earlier": "none_failed"})
    assert rule.find(known, TODAY).answer is FAIL
    assert read_rule(Kind.PREVIOUS_AWARD, {"earlier": "required"}).find(known, TODAY).answer is PASS


def test_a_firm_created_later_passes_at_signature():
    known = facts(founded="2026-12-01")
    rule = node(1, "constituted", {}, terms=Terms(check=Check.SIGNATURE))
    found = assess([rule], known, TODAY)
    assert (found.answer, found.later) == (PASS, FAIL)
    signing = assess([rule], known, day("2026-12-01"), Check.SIGNATURE)
    assert (signing.answer, signing.later) == (PASS, PASS)
    assert assess([rule], known, TODAY, Check.SIGNATURE).answer is FAIL


def test_each_partner_is_asked_and_the_worst_answer_tells():
    rule = node(1, "applicant_kind", {"kinds": ["firm"]}, terms=Terms(scope=Scope.EACH_PARTNER))
    assert assess([rule], facts(), TODAY).answer is UNKNOWN
    good = replace(facts(), partners=(facts(), facts()))
    assert assess([rule], good, TODAY).answer is PASS
    mixed = replace(facts(), partners=(facts(), facts(kind="ngo")))
    assert assess([rule], mixed, TODAY).answer is FAIL
    two = node(1, "partner_of_kind", {"kinds": ["firm"], "count": 2})
    assert assess([two], mixed, TODAY).answer is FAIL
    assert assess([two], good, TODAY).answer is PASS


def test_effects_never_refuse_and_add_up_as_an_interval():
    women = node(1, "women_led", {}, terms=Terms(effect=Effect.RATE, amount=Decimal(10)))
    five = Terms(effect=Effect.SCORE, amount=Decimal(5))
    score = node(2, "applicant_kind", {"kinds": ["firm"]}, terms=five)
    line = node(3, "size_class", {"sizes": ["large"]}, terms=Terms(effect=Effect.ROUTE, line="A"))
    found = assess([women, score, line], facts(), TODAY)
    assert found.answer is PASS
    assert found.adjustments.rate == Interval(Decimal(0), Decimal(10))
    assert found.adjustments.score == number("5")
    assert (found.adjustments.lines, found.adjustments.possible_lines) == ((), ("A",))
    assert assess([women], facts(women_led=False), TODAY).adjustments.rate == number("0")


def test_an_exception_lets_pass_what_the_rule_refuses():
    parts = [
        node(2, "applicant_kind", {"kinds": ["ngo"]}),
        node(3, "years_since_start", {"under": "P1Y"}),
    ]
    rule = node(1, "unless", {}, children=parts)
    assert assess([rule], facts(started="2026-06-01"), TODAY).answer is PASS
    assert assess([rule], facts(started="2020-06-01"), TODAY).answer is FAIL


NUMBERS = st.decimals(0, 1_000, places=2)
ENDS = st.none() | NUMBERS


@st.composite
def intervals(draw):
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Interval(low, high)


@st.composite
def limits(draw):
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Limits(low, high)


@given(intervals(), limits(), NUMBERS)
def test_learning_the_number_never_overturns_an_answer(interval, kept, value):
    inside = (interval.low is None or interval.low <= value) and (
        interval.high is None or value <= interval.high
    )
    first, then = kept.hold(interval), kept.hold(Interval.exactly(value))
    assert then is not UNKNOWN
    if inside and first is not UNKNOWN:
        assert then is first


@given(
    st.lists(st.tuples(st.sampled_from(list(Effect)), st.sampled_from(list(Answer))), max_size=8)
)
def test_what_is_certain_never_exceeds_what_is_possible(pairs):
    found = adjust((Terms(effect=effect, amount=Decimal(3), line="l"), a) for effect, a in pairs)
    for total in (found.rate, found.cap, found.score):
        assert total.low is not None
        assert total.high is not None
        assert total.low <= total.high
    assert not set(found.lines) & set(found.possible_lines)

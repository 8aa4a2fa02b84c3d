import pytest

from programs.eligibility.answers import Answer
from programs.eligibility.evaluate import assess, check, mended_on
from programs.eligibility.facts import FactName
from programs.eligibility.findings import Reason
from programs.eligibility.reading import InvalidParametersError
from tests.unit.eligibility.make import TODAY, day, facts, node

T, F, U = Answer.PASS, Answer.FAIL, Answer.UNKNOWN


def declared(key, question):
    return node(key, "declared", {"question": question})


def test_an_exception_is_an_alternative_branch():
    """Sales in range, or under a year old with three months of work."""
    young = node(3, "years_since_start", {"min": "P3M", "under": "P1Y"})
    rule = node(1, "any_of", {}, children=[declared(2, "sales"), young])
    answers = {
        (sales, started): assess(
            [rule],
            facts(declarations={} if sales is None else {"sales": sales}, started=started),
            TODAY,
        ).answer
        for sales in (True, False, None)
        for started in ("2026-05-01", "2020-01-01", "")
    }
    assert answers == {
        (True, "2026-05-01"): T,
        (True, "2020-01-01"): T,
        (True, ""): T,
        (False, "2026-05-01"): T,
        (False, "2020-01-01"): F,
        (False, ""): U,
        (None, "2026-05-01"): T,
        (None, "2020-01-01"): U,
        (None, ""): U,
    }


def test_two_of_three_waits_while_it_can_still_be_reached():
    parts = [declared(key, question) for key, question in ((2, "a"), (3, "b"), (4, "c"))]
    rule = node(1, "k_of_n", {"k": 2}, children=parts)
    assert rule.result(facts(declarations={"a": True, "b": True}), TODAY).answer is T
    assert rule.result(facts(declarations={"a": True, "b": False}), TODAY).answer is U
    assert rule.result(facts(declarations={"a": False, "b": False}), TODAY).answer is F


def test_a_negated_rule_keeps_its_reason_and_swaps_its_answer():
    rule = node(1, "women_led", {}, negated=True)
    result = rule.result(facts(women_led=True), TODAY)
    assert (result.answer, result.finding.reason) == (F, Reason.SAID_YES)
    assert rule.result(facts(), TODAY).answer is U


def test_every_part_of_a_combined_rule_is_reported():
    rule = node(1, "any_of", {}, children=[declared(2, "a"), node(3, "women_led", {})])
    result = rule.result(facts(women_led=False), TODAY)
    assert [leaf.criterion for leaf in result.leaves()] == [2, 3]
    assert [child["answer"] for child in result.as_data()["children"]] == ["unknown", "fail"]
    assert result.leaves()[0].finding.missing is FactName.DECLARATIONS


def test_a_call_without_criteria_is_open_to_all():
    assert assess([], facts(), TODAY).answer is T


@pytest.mark.parametrize(
    ("kind", "parameters", "at_fault"),
    [
        ("telepathy", {}, "kind"),
        ("applicant_kind", {}, "kinds"),
        ("applicant_kind", {"kinds": []}, "kinds"),
        ("applicant_kind", {"kinds": "firm"}, "kinds"),
        ("applicant_kind", {"kinds": [1]}, "kinds"),
        ("applicant_kind", {"kinds": ["firm"], "extra": 1}, "extra"),
        ("size_class", {"sizes": ["gigantic"]}, "sizes"),
        ("territory", {"units": ["CL//X"]}, "units"),
        ("territory", {"units": ["CL"], "where": "nearby"}, "where"),
        ("territory", {"units": ["CL"] * 501}, "units"),
        ("years_since_start", {}, "min"),
        ("years_since_start", {"min": 2}, "min"),
        ("years_since_start", {"min": "P2Y", "max": "P1Y"}, "max"),
        ("years_since_start", {"min": "P1Y", "under": "P1Y"}, "under"),
        ("years_since_start", {"max": "P1Y", "under": "P2Y"}, "under"),
        ("years_since_start", {"clock": "sand", "min": "P1Y"}, "clock"),
        ("activity", {"activities": ["C/11"], "min_age": "soon"}, "min_age"),
        ("women_led", {"definition": "any"}, "definition"),
        ("declared", {}, "question"),
        ("declared", {"question": "with space"}, "question"),
        ("any_of", {"k": 1}, "k"),
        ("k_of_n", {}, "k"),
        ("k_of_n", {"k": 0}, "k"),
        ("k_of_n", {"k": True}, "k"),
    ],
)
def test_wrong_parameters_are_named_and_refuse_nobody(kind, parameters, at_fault):
    with pytest.raises(InvalidParametersError) as error:
        check(kind, parameters)
    assert error.value.name == at_fault
    result = node(7, kind, parameters).result(facts(), TODAY)
    assert (result.criterion, result.answer) == (7, U)
    assert result.finding.reason is Reason.UNREADABLE


def test_time_alone_may_mend_a_refusal_before_the_call_closes():
    criteria = [node(1, "years_since_start", {"min": "P18M"})]
    known = facts(started="2025-08-02")
    today = assess(criteria, known, TODAY)
    assert today.answer is F
    assert today.next_change_on == day("2027-02-02")
    assert mended_on(criteria, known, today, day("2027-02-02")) == day("2027-02-02")
    assert mended_on(criteria, known, today, day("2027-02-01")) is None


def test_time_mends_nothing_while_another_condition_fails():
    criteria = [node(1, "years_since_start", {"min": "P18M"}), node(2, "women_led", {})]
    known = facts(started="2025-08-02", women_led=False)
    assert mended_on(criteria, known, assess(criteria, known, TODAY), day("2030-01-01")) is None


def test_time_mends_several_conditions_one_after_the_other():
    criteria = [
        node(1, "years_since_start", {"clock": "started", "min": "P18M"}),
        node(2, "years_since_start", {"clock": "founded", "min": "P2Y"}),
    ]
    known = facts(started="2025-08-02", founded="2025-03-01")
    mended = mended_on(criteria, known, assess(criteria, known, TODAY), day("2030-01-01"))
    assert mended == day("2027-03-01")


def test_a_negated_age_is_mended_when_the_time_is_over():
    criteria = [node(1, "years_since_start", {"under": "P1Y"}, negated=True)]
    known = facts(started="2026-01-10")
    today = assess(criteria, known, TODAY)
    assert today.answer is F
    assert mended_on(criteria, known, today, day("2027-12-31")) == day("2027-01-10")

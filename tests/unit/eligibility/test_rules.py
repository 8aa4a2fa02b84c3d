"""One table a kind: pass, fail, unknown and the edges between them."""

import pytest

from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Held
from programs.eligibility.findings import Reason
from tests.unit.eligibility.make import SELF, TODAY, activity, day, facts, rule

T, F, U = Answer.PASS, Answer.FAIL, Answer.UNKNOWN


def answer(criterion, known, on=TODAY):
    return criterion.result(known, on).answer


def test_applicant_kind_passes_a_listed_kind_and_says_which_value_it_used():
    result = rule("applicant_kind", kinds=["firm", "cooperative"]).result(facts(kind="firm"), TODAY)
    assert result.answer is T
    assert result.finding.used == ("firm",)
    assert result.finding.provenance == SELF
    assert answer(rule("applicant_kind", kinds=["university"]), facts(kind="firm")) is F


@pytest.mark.parametrize(
    ("units", "places", "expected"),
    [
        (["CL"], ("CL/CL-LI",), T),
        (["CL/CL-LI"], ("CL/CL-LI",), T),
        (["CL/CL-LI"], ("CL/CL-RM",), F),
        (["CL/CL-LI"], ("CL/CL-RM", "CL/CL-LI"), T),
        (["CL/CL-LI"], ("CL",), U),
        (["CL/CL-LI"], ("PE",), F),
        (["CL/CL-LI"], ("CL/CL-RM", "CL"), U),
        (["CL", "PE"], ("PE/PE-LIM",), T),
        (["CL/CL-L"], ("CL/CL-LI",), F),  # a code is not a prefix of letters
    ],
)
def test_territory_follows_the_tree_of_divisions(units, places, expected):
    assert answer(rule("territory", units=units), facts(places=places)) is expected


def test_territory_of_the_headquarters_ignores_other_sites():
    known = facts(places=("CL/CL-RM", "CL/CL-LI"), headquarters=("CL/CL-RM",))
    assert answer(rule("territory", units=["CL/CL-LI"], where="headquarters"), known) is F
    assert answer(rule("territory", units=["CL/CL-LI"], where="any_site"), known) is T
    nowhere = facts(places=("CL/CL-RM",), headquarters=())
    assert answer(rule("territory", units=["CL"], where="headquarters"), nowhere) is U


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (("micro",), T),
        (("micro", "small"), T),
        (("small", "medium"), U),
        (("medium", "large"), F),
        ((), U),
    ],
)
def test_size_known_as_a_band_counts_by_overlap(sizes, expected):
    assert answer(rule("size_class", sizes=["micro", "small"]), facts(sizes=sizes)) is expected


@pytest.mark.parametrize(
    ("started", "expected", "flips_on"),
    [
        ("2025-05-24", T, None),  # completes 18 months today
        ("2025-05-25", F, "2026-11-25"),
        ("2027-01-01", F, "2028-07-01"),  # not started yet
        ("", U, None),
    ],
)
def test_a_minimum_age_is_complete_on_the_very_day(started, expected, flips_on):
    result = rule("years_since_start", clock="started", min="P18M").result(
        facts(started=started), TODAY
    )
    assert result.answer is expected
    assert result.finding.flips_on == (day(flips_on) if flips_on else None)


@pytest.mark.parametrize(
    ("limit", "started", "expected", "flips_on"),
    [
        ({"max": "P2Y"}, "2024-11-24", T, "2026-11-25"),  # two years to the day: still "at most"
        ({"max": "P2Y"}, "2024-11-23", F, None),
        ({"under": "P2Y"}, "2024-11-24", F, None),
        ({"under": "P2Y"}, "2024-11-25", T, "2026-11-25"),
        ({"min": "P3M", "under": "P1Y"}, "2026-08-24", T, "2027-08-24"),
        ({"min": "P3M", "under": "P1Y"}, "2026-08-25", F, "2026-11-25"),
        ({"min": "P3M", "under": "P1Y"}, "2025-11-24", F, None),
        ({"max": "P9999Y"}, "1900-01-01", T, None),
    ],
)
def test_a_maximum_age_says_when_it_runs_out(limit, started, expected, flips_on):
    result = rule("years_since_start", **limit).result(facts(started=started), TODAY)
    assert result.answer is expected
    assert result.finding.flips_on == (day(flips_on) if flips_on else None)


def test_a_leap_day_start_completes_its_year_on_the_last_of_february():
    criterion = rule("years_since_start", clock="founded", min="P1Y")
    known = facts(founded="2024-02-29")
    assert answer(criterion, known, day("2025-02-27")) is F
    assert answer(criterion, known, day("2025-02-28")) is T


def test_the_two_clocks_are_not_confused():
    known = facts(founded="2010-01-01")
    assert answer(rule("years_since_start", clock="founded", min="P2Y"), known) is T
    result = rule("years_since_start", clock="started", min="P2Y").result(known, TODAY)
    assert result.answer is U
    assert result.finding.missing is FactName.STARTED_ON


@pytest.mark.parametrize(
    ("activities", "expected"),
    [
        ((activity("C/11/110/1102"),), T),
        ((activity("C/11"),), T),
        ((activity("J/62"), activity("C/11/110", main=False)), T),
        ((activity("C"),), U),
        ((activity("J/62"),), F),
        ((activity("J/62"), activity("C", main=False)), U),
        ((), U),
        (None, U),
    ],
)
def test_an_activity_counts_by_the_tree_of_branches(activities, expected):
    assert answer(rule("activity", activities=["C/11"]), facts(activities=activities)) is expected


def test_the_main_activity_alone_may_be_asked():
    known = facts(activities=(activity("J/62"), activity("C/11", main=False)))
    assert answer(rule("activity", activities=["C/11"], which="main"), known) is F
    none_is_main = facts(activities=(activity("C/11", main=False),))
    assert answer(rule("activity", activities=["C/11"], which="main"), none_is_main) is U


@pytest.mark.parametrize(
    ("since", "expected", "flips_on"),
    [("2024-11-24", T, None), ("2024-11-25", F, "2026-11-25"), ("", U, None)],
)
def test_an_activity_may_have_to_be_old_enough(since, expected, flips_on):
    known = facts(activities=(activity("C/11", since=since),))
    result = rule("activity", activities=["C/11"], min_age="P2Y").result(known, TODAY)
    assert result.answer is expected
    assert result.finding.flips_on == (day(flips_on) if flips_on else None)


def test_women_led_is_asked_when_it_is_not_said():
    assert answer(rule("women_led"), facts(women_led=True)) is T
    assert answer(rule("women_led"), facts(women_led=False)) is F
    assert answer(rule("women_led"), facts()) is U


@pytest.mark.parametrize(
    ("held", "expected", "reason", "flips_on"),
    [
        ((Held(None, None),), T, Reason.IN_FORCE, None),
        ((Held(None, TODAY),), T, Reason.IN_FORCE, "2026-11-25"),  # the last day is included
        ((Held(None, day("2026-11-23")),), F, Reason.EXPIRED, None),
        ((Held(day("2026-11-25"), None),), F, Reason.NOT_YET_IN_FORCE, "2026-11-25"),
        ((Held(None, day("2025-01-01")), Held(None, day("2027-01-01"))), T, None, "2027-01-02"),
    ],
)
def test_a_certificate_counts_while_it_is_in_force(held, expected, reason, flips_on):
    known = facts(certificates={"iso-9001": held})
    result = rule("certificate_held", standards=["iso-9001"]).result(known, TODAY)
    assert result.answer is expected
    assert reason in (None, result.finding.reason)
    assert result.finding.flips_on == (day(flips_on) if flips_on else None)


def test_a_certificate_never_told_is_unknown_and_not_a_no():
    criterion = rule("certificate_held", standards=["iso-9001", "iso-22000"])
    assert answer(criterion, facts()) is U
    expired = {"iso-9001": (Held(None, day("2020-01-01")),)}
    assert answer(criterion, facts(certificates=expired)) is U
    both = {**expired, "iso-22000": (Held(None, day("2020-01-01")),)}
    assert answer(criterion, facts(certificates=both)) is F


def test_a_declared_condition_waits_for_the_organization_to_speak():
    criterion = rule("declared", question="cl-no-labor-debt")
    result = criterion.result(facts(), TODAY)
    assert (result.answer, result.finding.reason) == (U, Reason.UNCHECKED)
    assert result.finding.question == "cl-no-labor-debt"
    assert answer(criterion, facts(declarations={"cl-no-labor-debt": True})) is T
    assert answer(criterion, facts(declarations={"cl-no-labor-debt": False})) is F
    assert answer(criterion, facts(declarations={"other": False})) is U


def test_stored_form_keeps_value_provenance_and_the_day_of_change():
    result = rule("years_since_start", min="P2Y").result(facts(started="2025-01-01"), TODAY)
    assert result.as_data() == {
        "criterion": 1,
        "answer": "fail",
        "reason": "too_young",
        "fact": "started_on",
        "used": ["2025-01-01"],
        "flips_on": "2027-01-01",
        "origin": "profile",
        "as_of": "2026-03-01",
    }


def test_fingerprint_changes_with_a_fact_and_with_nothing_else():
    assert facts().fingerprint() == facts().fingerprint()
    assert facts().fingerprint() != facts(women_led=False).fingerprint()
    assert facts(sizes=("micro",)).fingerprint() != facts(sizes=("small",)).fingerprint()

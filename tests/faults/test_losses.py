"""Processes are killed, wiped and frozen while needs are published: nothing is lost or doubled."""

import pytest

from bench.fault_lab.run import Plan, run

FAULTS = 15
NEEDS = 500  # some thirty under way at each fault; `bench/faults.py` runs any size
POISON = 3


@pytest.mark.parametrize("seed", [11, 12])
def test_no_fault_loses_halves_or_doubles_a_need(seed: int) -> None:
    report = run(Plan(seed=seed, faults=FAULTS, needs=NEEDS, poison=POISON))
    found = report.verdict
    assert report.line["faults"] == FAULTS
    assert found.needs >= NEEDS
    assert (found.lost, found.partial, found.doubled) == (0, 0, 0), found
    assert found.mails_lost == 0
    assert found.mails_repeated <= FAULTS + POISON * 8, "re-sent at most once per killed process"
    assert found.backlog == 0
    parked = ("lab.poison",) * POISON
    assert found.parked == parked, "a job that kills its workers is set aside, and only that"


def test_control_a_broker_as_the_record_loses_needs_to_the_same_faults() -> None:
    report = run(Plan(seed=11, faults=6, needs=150, design="naive"))
    assert report.verdict.lost > 0

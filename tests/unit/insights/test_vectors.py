"""Published, computed and hand-worked cases of every metric."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from insights.vectors.cases import CASES
from insights.vectors.compare import differences
from insights.vectors.run import Outcome, run_document, run_folder

FOLDER = Path(__file__).parent / "vectors"
OUTCOMES = run_folder(FOLDER)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.title)
def test_a_metric_gives_what_its_case_says(outcome: Outcome) -> None:
    assert not outcome.unsupported
    assert not outcome.wrong


def test_every_family_has_cases_and_every_file_a_family() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(CASES)
    assert len(OUTCOMES) == 146


def test_a_wrong_number_is_found() -> None:
    document = json.loads((FOLDER / "concentration.json").read_text())
    document["cases"][0]["expected"]["hhi"] = 0.35
    first = run_document(document, "concentration")[0]
    assert [line.partition(",")[0] for line in first.wrong] == ["hhi: expected 0.35"]


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"a": None}, {"a": 0.0}),
        ({"a": 0.0}, {"a": None}),
        ({"a": 1}, {}),
        ({"clusters": [[1, 2]]}, {"clusters": [[1], [2]]}),
        ({"order": [1, 2]}, {"order": [2, 1]}),
        ({"a": True}, {"a": 1.0}),
        ({"a": "x"}, {"a": "y"}),
    ],
)
def test_what_differs_is_said(expected: object, actual: object) -> None:
    assert differences(expected, actual, 1e-9)


def test_sets_have_no_order_and_remarks_are_not_answers() -> None:
    expected = {"clusters": [[2, 1], [3]], "rule": "words"}
    assert differences(expected, {"clusters": ((3,), (1, 2))}, 0) == []


def test_a_case_of_unknown_shape_is_said_to_be_unsupported() -> None:
    document = {"file": "lq", "cases": [{"name": "odd", "input": {"z": 1}, "expected": {}}]}
    other = {"file": "nothing", "cases": [{"name": "odd", "input": {}, "expected": {}}]}
    assert run_document(document, "lq")[0].unsupported == "input of z"
    assert run_document(other, "nothing")[0].unsupported == "no metric of this name"


def test_the_command_ends_with_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_vectors", str(FOLDER))
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last == {"cases": 146, "passed": 146, "failed": [], "not_supported": []}


def test_the_command_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no vector file"):
        call_command("check_vectors", str(tmp_path))
    with pytest.raises(CommandError, match="no folder"):
        call_command("check_vectors", str(tmp_path / "none"))

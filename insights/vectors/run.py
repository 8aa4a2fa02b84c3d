"""Run a folder of vector files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from insights.vectors.cases import CASES
from insights.vectors.compare import differences
from insights.vectors.shape import Input, UnknownShapeError


@dataclass(frozen=True)
class Outcome:
    """What came of one case: `wrong` is empty when it passed; `unsupported` says why not."""

    file: str
    name: str
    wrong: tuple[str, ...] = ()
    unsupported: str = ""

    @property
    def title(self) -> str:
        """Return file and case in one word."""
        return f"{self.file}/{self.name}"


def run_folder(folder: Path) -> list[Outcome]:
    """Return the outcome of every case of every JSON file, in order of file and case."""
    outcomes = []
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict) and isinstance(document.get("cases"), list):
            outcomes += run_document(document, path.stem)
    return outcomes


def run_document(document: Mapping[str, Any], stem: str) -> list[Outcome]:
    """Return the outcome of every case of one file; a case may refer to an earlier one's input."""
    name = str(document.get("file", stem))
    cases = document["cases"]
    inputs = {str(case.get("name")): case.get("input", {}) for case in cases}
    return [_run_case(name, case, inputs) for case in cases]


def _run_case(file: str, case: Mapping[str, Any], inputs: Mapping[str, Any]) -> Outcome:
    title = str(case.get("name", "?"))
    answer = CASES.get(file)
    if answer is None:
        return Outcome(file, title, unsupported="no metric of this name")
    given, expected = case.get("input", {}), case.get("expected", {})
    tol = case.get("tol", 0)
    try:
        actual = answer(Input(given, expected.keys(), inputs))
    except UnknownShapeError as unknown:
        return Outcome(file, title, unsupported=str(unknown))
    return Outcome(file, title, tuple(differences(expected, actual, float(tol))))

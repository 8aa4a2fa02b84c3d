"""Files and functions stay small enough to be read."""

import ast
from pathlib import Path

import pytest

from tests.conformance.source import ROOT, app_files, functions, named, python_files, template_files

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
MAX_TEMPLATE_LINES = 120


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines; its docstring explains and does not count."""
    body = node.body
    has_docstring = ast.get_docstring(node) is not None
    docstring = (body[0].end_lineno or 0) - body[0].lineno + 1 if has_docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def test_no_file_is_longer_than_the_limit() -> None:
    files = (*app_files(), *python_files("tests", "bench"), *(ROOT / "assets").rglob("*.*s"))
    too_long = {named(f): n for f in files if (n := line_count(f)) > MAX_FILE_LINES}
    assert not too_long


def test_no_function_is_longer_than_the_limit() -> None:
    too_long = {
        f"{named(path)}:{node.name}": lines
        for path in (*app_files(), *python_files("tests", "bench"))
        for node in functions(path)
        if (lines := code_lines(node)) > MAX_FUNCTION_LINES
    }
    assert not too_long


def test_no_template_is_longer_than_the_limit() -> None:
    too_long = {named(f): n for f in template_files() if (n := line_count(f)) > MAX_TEMPLATE_LINES}
    assert not too_long


@pytest.mark.parametrize("app", ["clusters", "firms", "programs", "matching"])
def test_typical_files_are_short(app: str) -> None:
    sizes = sorted(line_count(path) for path in python_files(app))
    assert sizes[len(sizes) // 2] <= 100

"""The project's own source, as files and syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("registry", "matching", "programs", "firms", "clusters", "accounts", "common")
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files under folders of the project, migrations aside."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


def app_files() -> tuple[Path, ...]:
    """Return the files of the product: no tests, no benchmarks."""
    return python_files(*APPS)


@cache
def template_files() -> tuple[Path, ...]:
    """Return every template of the project."""
    found = sorted((ROOT / "templates").rglob("*.*"))
    return tuple(path for path in found if path.suffix != ".md")


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """Return a file's name as people write it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[FunctionNode]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, FunctionNode):
            yield node


def public_functions(path: Path) -> Iterator[FunctionNode]:
    """Yield the functions that a module offers to others."""
    for node in tree(path).body:
        if isinstance(node, FunctionNode) and not node.name.startswith("_"):
            yield node


def module_layer(path: Path) -> str:
    """Return what a file is inside its app: views, api, services, models, ..."""
    inside = path.relative_to(ROOT).parts[1:]
    return inside[0].removesuffix(".py") if inside else path.stem


def strings(path: Path) -> set[str]:
    """Return every string constant of a file."""
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

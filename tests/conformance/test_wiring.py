"""What must be joined up: filter sets, job kinds."""

import ast
import importlib
import inspect
from pathlib import Path

import django_filters
import pytest

from tests.conformance.source import APPS, ROOT, app_files, named, tree


def filter_sets() -> list[tuple[str, str]]:
    found = []
    for app in APPS:
        if not (ROOT / app / "filters.py").exists():
            continue
        module = importlib.import_module(f"{app}.filters")
        found += [
            (app, name)
            for name, value in inspect.getmembers(module, inspect.isclass)
            if issubclass(value, django_filters.FilterSet)
            and value.__module__ == module.__name__
            and not name.startswith("_")
        ]
    return found


def uses(app: str, layer: str, name: str) -> bool:
    files = [
        p for p in app_files() if named(p).startswith((f"{app}/{layer}.py", f"{app}/{layer}/"))
    ]
    if any(_names(path, name) for path in files):
        return True
    table = ROOT / app / "kinds.py"  # what several lists share: a layer that reads it uses it all
    is_read = any(_imports(path, f"{app}.kinds") for path in files)
    return is_read and table.exists() and _names(table, name)


def _imports(path: Path, module: str) -> bool:
    nodes = ast.walk(tree(path))
    return any(isinstance(node, ast.ImportFrom) and node.module == module for node in nodes)


def _names(path: Path, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree(path)))


@pytest.mark.parametrize(("app", "name"), filter_sets())
def test_a_filter_set_serves_the_page_and_the_api(app: str, name: str) -> None:
    on_page = uses(app, "views", name) or uses(app, "kinds", name)
    assert on_page, f"No page of {app} uses {name}."
    assert uses(app, "api", name), f"The API of {app} does not use {name}."

"""House rules of Python code that the linter cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.source import (
    app_files,
    functions,
    module_layer,
    named,
    public_functions,
    python_files,
    tree,
)

PURE = ("matching/engine", "programs/eligibility", "insights/metrics")
DOCUMENTED_LAYERS = ("services", "policies", "catalog", "candidates")
# These layers hold no rows of their own: they ask policies, catalogs and services for them.
LAYERS_WITHOUT_MANAGERS = ("views", "api", "forms", "filters", "templatetags", "site", "api_urls")


def classes(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            yield node


def is_model_like(node: ast.ClassDef) -> bool:
    return any(isinstance(item, ast.ClassDef) and item.name == "Meta" for item in node.body) or any(
        "Model" in ast.unparse(base) for base in node.bases
    )


def test_no_model_overrides_save_or_delete() -> None:
    found = [
        f"{named(path)}:{cls.name}.{item.name}"
        for path in app_files()
        if module_layer(path) == "models"
        for cls in classes(path)
        for item in cls.body
        if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete", "save_base"}
    ]
    assert not found


def test_nothing_listens_to_signals() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and any("signal" in name for name in _imported(node))
        and "celery" not in ast.unparse(node)
        and ast.unparse(node) != "import signal"  # signals of the operating system are welcome
    ]
    assert not found


def _imported(node: ast.ImportFrom | ast.Import) -> list[str]:
    module = getattr(node, "module", None) or ""
    return [module, *(alias.name for alias in node.names)]


def test_imports_stand_at_the_top() -> None:
    found = [
        f"{named(path)}:{inner.lineno}"
        for path in app_files()
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not found


def test_no_import_is_relative_or_a_star() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in (*app_files(), *python_files("tests"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.level or any(alias.name == "*" for alias in node.names))
    ]
    assert not found


def _reaches_a_manager(node: ast.AST) -> bool:
    """See ``Something.objects`` / ``._default_manager``: rows that no policy has narrowed."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and isinstance(node.value, ast.Name | ast.Attribute)
        and ast.unparse(node.value).split(".")[-1][:1].isupper()
    )


def test_the_web_gets_rows_through_policies_only() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        if module_layer(path) in LAYERS_WITHOUT_MANAGERS
        for node in ast.walk(tree(path))
        if _reaches_a_manager(node)
    ]
    assert not found, "Take rows from policies.py, catalog.py or a service."


def test_the_web_never_gets_a_model_by_shortcut() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        if module_layer(path) in LAYERS_WITHOUT_MANAGERS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"get_object_or_404", "get_list_or_404"}
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[:1].isupper()
    ]
    assert not found, "get_object_or_404(Model, ...) skips the policy: pass visible_*(actor)."


def test_services_take_keywords_only() -> None:
    """What the web, commands and job tables call takes keywords; its one subject may stand alone.

    So ``matches_of_need(need, actor=..., today=...)`` and a handler's ``work`` pass. Parts that
    only other services call are free.
    """
    called = _called_from_outside()
    found = [
        f"{named(path)}:{node.name}"
        for path in app_files()
        if module_layer(path) == "services"
        for node in public_functions(path)
        if node.name in called
        and (len(node.args.posonlyargs + node.args.args) > 1 or node.args.vararg)
    ]
    assert not found


def _called_from_outside() -> set[str]:
    """Return the names that modules other than services take from services."""
    outside = [path for path in app_files() if module_layer(path) != "services"]
    imports = [node for path in outside for node in ast.walk(tree(path))]
    names = {
        alias.name
        for node in imports
        if isinstance(node, ast.ImportFrom) and ".services" in (node.module or "")
        for alias in node.names
    }
    by_module = {
        node.attr
        for node in imports
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in names
    }
    return names | by_module


def test_public_functions_of_the_core_say_what_they_do() -> None:
    core = [p for p in app_files() if module_layer(p) in DOCUMENTED_LAYERS or _is_pure(p)]
    missing = [
        f"{named(path)}:{node.name}"
        for path in core
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]
    assert not missing


def _is_pure(path: Path) -> bool:
    return named(path).startswith(PURE)


def test_nothing_is_marked_safe() -> None:
    """SafeString may be named as the type of what the template engine returns, never made."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name | ast.Attribute) and _last_name(node) == "mark_safe")
        or (isinstance(node, ast.Call) and _last_name(node.func).startswith("Safe"))
    ]
    assert not found


def _last_name(node: ast.AST) -> str:
    return ast.unparse(node).split(".")[-1]


def test_raw_text_search_and_regex_lookups_are_not_used() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword)
        and node.arg
        and (
            node.arg.endswith(("__regex", "__iregex"))
            or (node.arg == "search_type" and ast.unparse(node.value) == "'raw'")
        )
    ]
    assert not found


def test_links_are_absolute_through_the_site_origin_only() -> None:
    """The Host header is an input: a mail or a reset link must not be built from it."""
    found = [
        f"{named(path)}:{node.lineno}"
        for path in app_files()
        if module_layer(path) not in {"api", "api_urls"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "build_absolute_uri"
    ]
    assert not found

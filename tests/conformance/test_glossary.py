"""One word, one meaning: banned synonyms never become identifiers."""

import ast
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.conformance.source import app_files, named, tree

BANNED = re.compile(
    r"(?:^|_)(demands?|suppliers?|company|companies|enterprises?|grants?|vendors?"
    r"|tenders?|chains?_of_value|match_suggestions?|suggested_match(?:es)?)(?:_|$)"
)


def words(name: str) -> str:
    """Return a name in snake case: SupplierList becomes supplier_list."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def identifiers() -> Iterator[tuple[str, str]]:
    for path in app_files():
        yield named(path), path.stem
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{named(path)}:{node.lineno}", node.name
            elif isinstance(node, ast.arg):
                yield f"{named(path)}:{node.lineno}", node.arg
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield f"{named(path)}:{node.lineno}", node.id


def test_identifiers_use_the_words_of_the_glossary() -> None:
    found = [f"{where}: {name}" for where, name in identifiers() if BANNED.search(words(name))]
    assert not found


def test_programs_are_not_called_schemes() -> None:
    found = [
        f"{where}: {name}"
        for where, name in identifiers()
        if where.startswith("programs/")
        and "scheme" in words(name)
        and "identifier" not in words(name)
        and words(name) != "scheme"
    ]
    assert not found


def url_names(resolver: URLResolver | URLPattern) -> Iterator[str]:
    if isinstance(resolver, URLPattern):
        yield resolver.name or ""
        return
    for child in resolver.url_patterns:
        yield from url_names(child)


def test_addresses_use_the_words_of_the_glossary() -> None:
    names = set(url_names(get_resolver()))
    assert not [name for name in names if BANNED.search(name.replace("-", "_"))]

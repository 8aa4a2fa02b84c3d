"""Every address of the project: its name and the arguments that it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern."""

    name: str
    arguments: tuple[str, ...]
    route: str


def all_addresses() -> list[Address]:
    """Return every pattern of the project, also those that libraries bring."""
    return sorted(_walk(get_resolver(), namespace="", route=""), key=lambda a: (a.name, a.route))


def _walk(resolver: URLResolver, *, namespace: str, route: str) -> Iterator[Address]:
    for child in resolver.url_patterns:
        text = route + str(child.pattern)
        if isinstance(child, URLPattern):
            arguments = tuple(sorted(_arguments(child, resolver)))
            yield Address(f"{namespace}{child.name or ''}", arguments, text)
        else:
            inner = f"{namespace}{child.namespace}:" if child.namespace else namespace
            yield from _walk(child, namespace=inner, route=text)


def _arguments(pattern: URLPattern, parent: URLResolver) -> set[str]:
    own = set(pattern.pattern.regex.groupindex)
    return own | set(parent.pattern.regex.groupindex)

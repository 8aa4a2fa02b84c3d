"""The reference page of the API, written from its own OpenAPI document.

It is plain HTML: no script draws it, so it reads on any phone and under the policy of every page.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from registry.api import document

METHODS = ("get", "post", "patch", "put", "delete")
MAX_EXAMPLE_DEPTH = 6


@dataclass(frozen=True)
class Parameter:
    """One input of an operation."""

    name: str
    kind: str
    description: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One thing that the API does."""

    anchor: str
    method: str
    path: str
    summary: str
    needs_key: bool
    parameters: tuple[Parameter, ...]
    body: str
    answer: str


@login_not_required
@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """Show every operation with its inputs and an example of its answer."""
    described = document(get_language() or settings.LANGUAGE_CODE)
    operations = tuple(_operations(described))
    context = {"operations": operations, "origin": settings.SITE_ORIGIN, "rates": _rates()}
    return render(request, "registry/api_reference.html", context)


def _rates() -> dict[str, int]:
    return {name.replace("-", "_"): rate for name, rate in settings.API_RATES.items()}


def _operations(described: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in described["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(described, path=path, method=method, raw=item[method])


def _operation(
    described: Mapping[str, Any], *, path: str, method: str, raw: Mapping[str, Any]
) -> Operation:
    success = next((code for code in raw["responses"] if code.startswith("2")), "")
    return Operation(
        anchor=raw["operationId"],
        method=method.upper(),
        path=path,
        summary=raw.get("summary", ""),
        needs_key={} not in raw.get("security", []),
        parameters=tuple(_parameter(each) for each in raw.get("parameters", [])),
        body=_example_of(described, raw.get("requestBody", {})),
        answer=_example_of(described, raw["responses"].get(success, {})),
    )


def _parameter(raw: Mapping[str, Any]) -> Parameter:
    schema = raw.get("schema", {})
    choices = " | ".join(str(value) for value in schema.get("enum", []) if value)
    return Parameter(
        name=raw["name"],
        kind=choices or schema.get("format") or schema.get("type", ""),
        description=str(raw.get("description", "")),
        required=bool(raw.get("required")),
    )


def _example_of(described: Mapping[str, Any], holder: Mapping[str, Any]) -> str:
    schema = holder.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return ""
    return json.dumps(_example(described, schema, depth=0), indent=2, ensure_ascii=False)


def _example(described: Mapping[str, Any], schema: Mapping[str, Any], *, depth: int) -> Any:
    """Build a value that a schema allows: the first choice, a typical text, one item."""
    schema = _resolve(described, schema)
    if depth > MAX_EXAMPLE_DEPTH:
        return None
    if "example" in schema:
        return schema["example"]
    if schema.get("enum"):
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {
            name: _example(described, inner, depth=depth + 1) for name, inner in properties.items()
        }
    if kind == "array":
        return [_example(described, schema.get("items", {}), depth=depth + 1)]
    return _plain_example(schema)


def _resolve(described: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references; of alternatives take the first, of parts the only one."""
    for key in ("allOf", "oneOf", "anyOf"):
        if schema.get(key):
            return _resolve(described, schema[key][0])
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _resolve(described, described["components"]["schemas"][name])
    return schema


def _plain_example(schema: Mapping[str, Any]) -> Any:
    by_format = {
        "uuid": "019abf3e-7c00-7d1c-9a60-2f1f6b9f0b6a",
        "date": "2026-11-24",
        "date-time": "2026-11-24T12:00:00Z",
        "uri": "https://ejemplo.org",
        "email": "contacto@ejemplo.org",
        "decimal": "1500.00",
    }
    by_type = {"string": "…", "integer": 1, "number": 0.5, "boolean": True}
    return by_format.get(schema.get("format", "")) or by_type.get(schema.get("type", ""))

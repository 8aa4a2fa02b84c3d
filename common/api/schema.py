"""How operations are described: a summary in the reader's language and the problems they share."""

from typing import Any

import django_filters
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from common.api.idempotency import HEADER
from common.api.permissions import AnyoneReads, MembersWrite
from common.api.problems import MEDIA_TYPE
from common.api.queries import PAGE_ONLY

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "Place in the body."},
                    "parameter": {"type": "string", "description": "Name in the query."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
IDEMPOTENCY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Sent again within 24 hours, the same request gets the same answer.",
)
WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
ANY_CALL = ("400", "401", "404", "406", "429")
WRITING_CALL = ("403", "409", "413", "415")


class Schema(AutoSchema):
    """Takes the summary from the view, and adds the problems that any call may meet."""

    def get_summary(self) -> str | None:
        """Return the view's ``summaries[method]``, else its ``summary``."""
        summaries = getattr(self.view, "summaries", {})
        text = summaries.get(self.method, getattr(self.view, "summary", ""))
        return str(text) or None

    def get_description(self, path: str = "", method: str = "") -> str:
        """Return nothing more: docstrings speak to whoever reads the source."""
        return ""

    def get_override_parameters(self) -> list[Any]:
        """Describe the parameters that a view without a filter set names."""
        if self.method == "POST":
            return [IDEMPOTENCY]
        query = getattr(self.view, "query_serializer", None)
        return [query] if query is not None and self.method == "GET" else []

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        """Describe the filter set, without what only a page can do with it."""
        filter_set = getattr(self.view, "filterset_class", None)
        if filter_set is None or not getattr(self.view, "is_list", False):
            return []
        found = filter_set.base_filters.items()
        return [_parameter(name, each) for name, each in found if name not in PAGE_ONLY]

    def get_request_serializer(self) -> Any:
        """Return what a writing view takes: its ``input_class``, which may be None."""
        if hasattr(self.view, "input_class") and self.method in WRITING_METHODS:
            return self.view.input_class
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        """Return what a writing view answers: its ``output_class``."""
        if hasattr(self.view, "output_class") and self.method in WRITING_METHODS:
            created = self.method == "POST" and getattr(self.view, "is_list", False)
            return {201 if created else 200: self.view.output_class}
        return super().get_response_serializers()

    def get_auth(self) -> list[dict[str, Any]]:
        """Say that reading needs no credentials where anyone reads."""
        auth: list[dict[str, Any]] = super().get_auth()
        kinds = {type(each) for each in self.view.get_permissions()}
        open_to_all = bool(kinds & {AnyoneReads, MembersWrite})
        return [*auth, {}] if open_to_all and self.method == "GET" and {} not in auth else auth

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Describe the operation and its problems."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is not None:
            writes = self.method not in {"GET", "HEAD"}
            for code in (*ANY_CALL, *(WRITING_CALL if writes else ())):
                operation["responses"].setdefault(code, {"$ref": "#/components/responses/Problem"})
        return operation


def _parameter(name: str, each: django_filters.Filter) -> dict[str, Any]:
    described = {"name": name, "in": "query", "required": False}
    return described | {"description": str(each.label), "schema": _schema_of(each)}


def _schema_of(each: django_filters.Filter) -> dict[str, Any]:
    """Return what a filter takes, as JSON Schema."""
    if choices := each.extra.get("choices"):
        one = {"type": "string", "enum": [str(value) for value, _label in choices]}
        many = isinstance(each, django_filters.MultipleChoiceFilter)
        return {"type": "array", "items": one} if many else one
    if isinstance(each, django_filters.BooleanFilter):
        return {"type": "boolean"}
    limit = each.extra.get("max_length")
    return {"type": "string", "maxLength": limit} if limit else {"type": "string"}


def add_problem(
    result: dict[str, Any], generator: object, request: object, public: bool
) -> dict[str, Any]:
    """Put the shared problem answer into the document (a hook of drf-spectacular)."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {"Problem": {"description": "RFC 9457", "content": content}}
    return result

"""Pages by cursor: stable while rows come and go, and no counting of what is hidden."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination, Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from common.api.problems import InvalidQuery

MAX_LIMIT = 100
SALT = "api.cursor"


class SignedCursorPagination(CursorPagination):
    """A cursor that only this server can write, good for the list that it was given for."""

    page_size = 25
    page_size_query_param = "limit"
    max_page_size = MAX_LIMIT
    ordering = "-public_id"
    search = ""

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any] | None:
        """Read one page; links are built from the site's own origin, never from the Host."""
        self.search = _fingerprint(request)
        self.ordering = getattr(view, "cursor_ordering", self.ordering)
        page = super().paginate_queryset(queryset, request, view)
        self.base_url = f"{settings.SITE_ORIGIN}{request.get_full_path()}"
        return page

    def get_page_size(self, request: Request) -> int:
        """Return how many rows were asked for, from 1 to 100."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= MAX_LIMIT):
            limit = _("Escriba un número de 1 a %(max)s.") % {"max": MAX_LIMIT}
            raise InvalidQuery({self.page_size_query_param: [limit]})
        return int(asked)

    def encode_cursor(self, cursor: Cursor) -> str:
        """Write a link to another page of the same search."""
        content = [cursor.offset, cursor.reverse, cursor.position, self.search]
        text = signing.Signer(salt=SALT).sign_object(content)
        return replace_query_param(self.base_url or "", self.cursor_query_param, text)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read the cursor of a link, or raise a 400 for one that is not of this search."""
        text = request.query_params.get(self.cursor_query_param)
        if text is None:
            return None
        try:
            offset, reverse, position, search = signing.Signer(salt=SALT).unsign_object(text)
        except (signing.BadSignature, ValueError) as error:
            raise _foreign_cursor() from error
        if search != self.search:
            raise _foreign_cursor()
        return Cursor(offset=offset, reverse=reverse, position=position)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the two parameters of every list."""
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": self.page_size}
        return [
            _parameter("cursor", {"type": "string"}, "From the next or previous link of a page."),
            _parameter("limit", limit, "How many rows a page holds."),
        ]


class BestFirst(BasePagination):
    """The best few answers of a search, without a next page: nobody reads the hundredth."""

    results = 20

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """Keep the first ones."""
        return list(queryset[: self.results])

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap them as lists are."""
        return Response({"results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the wrapping."""
        return {"type": "object", "required": ["results"], "properties": {"results": schema}}


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    where = {"name": name, "required": False, "in": "query"}
    return where | {"description": description, "schema": schema}


def _fingerprint(request: Request) -> str:
    """Name a search: its path and its parameters, wherever in it the reader stands."""
    query = sorted(
        (name, value)
        for name, values in request.query_params.lists()
        for value in values
        if name not in {"cursor", "limit"}
    )
    return sha256(repr((request.path, query)).encode()).hexdigest()[:16]


def _foreign_cursor() -> InvalidQuery:
    text = _("Este cursor no es de esta búsqueda: vuelva a la primera página.")
    return InvalidQuery({"cursor": [text]})

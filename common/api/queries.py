"""Parameters of an address: named ones only, each checked."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from common.api.idempotency import is_keyed, once
from common.api.pagination import SignedCursorPagination
from common.api.problems import InvalidQuery
from common.search import MAX_SEARCH_CHARACTERS, validate_search

# Lists of the API are walked by cursor, in an order of their own.
PAGE_ONLY = frozenset({"sort"})


class StrictQuery(APIView):
    """A view that refuses parameters it does not know.

    ``query_serializer`` names the parameters of a view without a filter set; the checked values
    are in ``self.query``.
    """

    query_serializer: ClassVar[type[serializers.Serializer[Any]] | None] = None
    query: Mapping[str, Any] = MappingProxyType({})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check the method, then who asks, then the parameters."""
        method = request.method or ""
        if method == "OPTIONS" or not hasattr(self, method.lower()):
            raise exceptions.MethodNotAllowed(method)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            # a redirect would hide that the token has just crossed the network in the open
            raise exceptions.PermissionDenied(_("Use https: la clave viajó sin protección."))
        super().initial(request, *args, **kwargs)
        self.query = self._checked(request)
        if method == "POST" and is_keyed(request):
            # the framework looks the handler up on the view after this
            vars(self)["post"] = once(getattr(self, method.lower()))

    def _checked(self, request: Request) -> dict[str, Any]:
        unknown = sorted(set(request.query_params) - set(self._known_parameters(request)))
        if unknown:
            text = _("Este parámetro no existe aquí.")
            raise InvalidQuery({name: [text] for name in unknown})
        if self.query_serializer is None:
            return {}
        named = self.query_serializer().fields.keys()
        given = {name: text for name, text in request.query_params.items() if name in named}
        serializer = self.query_serializer(data=given)
        if not serializer.is_valid():
            raise InvalidQuery(serializer.errors)
        return dict(serializer.validated_data)

    def _known_parameters(self, request: Request) -> Iterator[str]:
        if request.method not in {"GET", "HEAD"}:
            return
        paginator = getattr(self, "paginator", None)
        if getattr(self, "is_list", False) and isinstance(paginator, SignedCursorPagination):
            yield from ("cursor", "limit")
        if (filter_set := getattr(self, "filterset_class", None)) is not None:
            yield from (name for name in filter_set.base_filters if name not in PAGE_ONLY)
        if self.query_serializer is not None:
            yield from self.query_serializer().fields.keys()


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # untyped library
    """The filter set of the page, with a 400 that names the parameter that is wrong."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        """Narrow the rows as the page does."""
        try:
            rows: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        except exceptions.ValidationError as error:
            raise InvalidQuery(error.detail) from error
        return rows


class SearchField(serializers.CharField):
    """Words that someone is looking for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_SEARCH_CHARACTERS, validators=[validate_search], **kwargs)

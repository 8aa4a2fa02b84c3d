"""The API as a whole: its root, its document, its reference page, and what it answers elsewhere."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from common.api.permissions import AnyoneReads
from common.api.problems import problem_response
from common.api.queries import StrictQuery

ENTRANCES = (
    "countries",
    "divisions",
    "cities",
    "classifications",
    "certificate-standards",
    "clusters",
    "organizations",
    "needs",
    "offers",
    "programs",
    "calls",
)


class RootSerializer(serializers.Serializer[Any]):
    """Where to go from here."""

    document = serializers.CharField(read_only=True)
    reference = serializers.CharField(read_only=True)
    lists = serializers.DictField(child=serializers.CharField(), read_only=True)


class Root(StrictQuery):
    """The entrance: addresses of the lists, of the document and of the reference page."""

    summary = _("Entrada: direcciones de las listas, del documento y de la referencia")
    permission_classes = [AnyoneReads]

    @extend_schema(responses=RootSerializer)
    def get(self, request: Request) -> Response:
        """Say where to go from here."""
        return Response(
            {
                "document": reverse("api:schema"),
                "reference": reverse("api:docs"),
                "lists": {name: reverse(f"api:{name}") for name in ENTRANCES},
            }
        )


class Document(StrictQuery):
    """The OpenAPI 3 document of this API, in the reader's language."""

    permission_classes = [AnyoneReads]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """Return the document."""
        return Response(document(get_language() or settings.LANGUAGE_CODE))


@cache
def document(language: str) -> dict[str, Any]:
    """Describe the API once per language: it changes with the source only."""
    generator: Any = SchemaGenerator(urlconf="registry.urls")  # type: ignore[no-untyped-call]
    with override(language):
        return dict(generator.get_schema(public=True))


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Lead to the reference page in the reader's language."""
    return redirect("registry:api-reference")


@csrf_exempt
@login_not_required
def missing(request: HttpRequest) -> HttpResponse:
    """Answer an address that is not part of the API, in the API's own way."""
    return problem_response(request, 404)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base
    """Describes the token in the OpenAPI document."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme as OpenAPI names it."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "racimo_…"}

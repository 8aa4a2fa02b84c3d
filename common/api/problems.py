"""Errors as RFC 9457 problems, in the reader's language and without internals."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.response import Response

from common.api.parsers import BodyTooLarge

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: gettext_lazy("La solicitud tiene algo por corregir"),
    401: gettext_lazy("Falta identificarse"),
    403: gettext_lazy("No está permitido"),
    404: gettext_lazy("No existe o no está a su alcance"),
    405: gettext_lazy("Esta dirección no admite ese método"),
    406: gettext_lazy("Solo respondemos en JSON"),
    409: gettext_lazy("No se puede hacer en este momento"),
    413: gettext_lazy("El contenido es demasiado grande"),
    415: gettext_lazy("El cuerpo debe ser application/json"),
    422: gettext_lazy("La solicitud tiene algo por corregir"),
    429: gettext_lazy("Demasiadas solicitudes"),
    500: gettext_lazy("Algo falló de nuestro lado"),
    503: gettext_lazy("El servicio vuelve en un momento"),
}


class Conflict(exceptions.APIException):
    """What was asked for is understood and allowed, but not in the present state."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = gettext_lazy("No se puede hacer en este momento.")
    default_code = "conflict"


class InvalidQuery(exceptions.ValidationError):
    """A parameter of the address is unknown or wrong."""


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an expected exception into a problem; an unexpected one is left to the 500 page."""
    known = _as_api_exception(error)
    if known is None:
        return None
    headers = {}
    if challenge := getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(known, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    return Response(
        problem(known.status_code, **_explain(known)),
        status=known.status_code,
        headers=headers,
        content_type=MEDIA_TYPE,
    )


def problem(code: int, *, detail: str = "", errors: list[Any] | None = None) -> dict[str, Any]:
    """Return the members of a problem, in the language that is active."""
    title = str(TITLES.get(code, TITLES[400 if code < 500 else 500]))
    found: dict[str, Any] = {"type": "about:blank", "title": title, "status": code}
    if detail and detail != title:
        found["detail"] = detail
    if errors:
        found["errors"] = errors
    return found


def problem_response(request: HttpRequest, code: int) -> JsonResponse:
    """Answer a problem where no API view has run: unknown addresses and server errors."""
    return JsonResponse(problem(code), status=code, content_type=MEDIA_TYPE)


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return BodyTooLarge()
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(_("No pudimos leer la solicitud."))
    return None


def _explain(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        place = "parameter" if isinstance(error, InvalidQuery) else "pointer"
        return {"errors": list(_flatten(error.detail, place=place))}
    if error.status_code in {404, 405, 406, 415}:
        return {}  # their title says it all; the library's own words name internals
    return {"detail": str(error.detail)}


def _flatten(detail: Any, *, place: str, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            step = "" if key == "non_field_errors" else f"/{key}"
            yield from _flatten(inner, place=place, path=f"{path}{step}")
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flatten(inner, place=place, path=path)
    else:
        where = path.removeprefix("/") if place == "parameter" else f"#{path}"
        yield {place: where, "detail": str(detail)}

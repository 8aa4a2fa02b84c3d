"""A request that a caller sends again, because no answer came, is carried out once.

``Idempotency-Key`` names a request of a person. What it was answered is kept for a day, in the
transaction of the change itself: there is no moment in which one exists without the other.
"""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.problems import Conflict
from common.kept_answers import KEPT, KeptAnswer, keep_answer, kept_answer, lock_key

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Location",)
FORM = re.compile(r"[\x21-\x7e]{1,255}")
SALT = "common.api.idempotency"

Handler = Callable[..., Response]


class OtherRequest(exceptions.APIException):
    """The key was used for a request that says something else."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = gettext_lazy("Esta Idempotency-Key ya se usó con otro contenido: use otra.")
    default_code = "other-request"


class AtWork(Conflict):
    """The request of this key is being carried out."""

    default_detail = gettext_lazy("Esta solicitud se está atendiendo: repítala en un momento.")
    default_code = "at-work"
    wait = 1


def is_keyed(request: Request) -> bool:
    """Say whether a known caller asks for being answered once."""
    return HEADER in request.headers and bool(request.user.is_authenticated)


def once(handler: Handler) -> Handler:
    """Return a handler that carries a request out, or gives the answer that it had.

    What is refused leaves nothing behind: the caller mends it and sends it under the same key.
    """

    def carried_out(request: Request, *args: Any, **kwargs: Any) -> Response:
        key, digest, actor_id = _key(request), _digest(request), _actor(request)
        with transaction.atomic():
            if not lock_key(name=f"{SALT}:{actor_id}:{key}"):
                raise AtWork
            kept = kept_answer(key=key, actor_id=actor_id, since=timezone.now() - KEPT)
            if kept is not None:
                return _again(kept, digest)
            response = handler(request, *args, **kwargs)
            keep_answer(_answer(response, key, digest, actor_id))
        return response

    return carried_out


def _key(request: Request) -> str:
    text = request.headers[HEADER]
    if not FORM.fullmatch(text):
        said = _("Idempotency-Key lleva de 1 a 255 letras, cifras o signos, sin espacios.")
        raise exceptions.ParseError(said)
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def _actor(request: Request) -> int:
    if request.user.pk is None:
        raise exceptions.NotAuthenticated
    return request.user.pk


def _digest(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, ensure_ascii=False)
    parts = [request.method or "", request.get_full_path(), body]
    return sha256("\n".join(parts).encode()).hexdigest()


def _again(kept: KeptAnswer, digest: str) -> Response:
    if kept.digest != digest:
        raise OtherRequest
    data = json.loads(kept.body) if kept.body else None
    return Response(data, status=kept.status, headers={**kept.headers, REPLAYED: "true"})


def _answer(response: Response, key: str, digest: str, actor_id: int) -> KeptAnswer:
    return KeptAnswer(
        actor_id=actor_id,
        key=key,
        digest=digest,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        body="" if response.data is None else JSONRenderer().render(response.data).decode(),
    )

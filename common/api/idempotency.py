"""A request that a caller sends again, because no answer came, is carried out once.

``Idempotency-Key`` names a request of a person. What it was answered is kept for a day, in the
transaction of the change itself: there is no moment in which one exists without the other.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.answers import KeptAnswer
from common.api.problems import Conflict

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = dt.timedelta(hours=24)
KEPT_HEADERS = ("Location",)
FORM = re.compile(r"[\x21-\x7e]{1,255}")
SALT = "common.api.idempotency"
# Two requests under one key: the second learns at once that the first is at work.
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"

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
            _lock(key, actor_id)
            kept = _kept(key, actor_id)
            if kept is not None:
                return _again(kept, digest)
            response = handler(request, *args, **kwargs)
            _keep(response, key=key, digest=digest, actor_id=actor_id)
        return response

    return carried_out


def forget_answers(*, now: dt.datetime) -> int:
    """Delete what was answered more than a day ago; return how much."""
    return KeptAnswer.objects.filter(created_at__lt=now - KEPT).delete()[0]


def forget_answers_to(*, actor_id: int) -> int:
    """Delete what a person was answered, who asked to be forgotten."""
    return KeptAnswer.objects.filter(actor_id=actor_id).delete()[0]


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


def _lock(key: str, actor_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRY_LOCK, [f"{SALT}:{actor_id}:{key}"])
        (is_first,) = cursor.fetchone()
    if not is_first:
        raise AtWork


def _kept(key: str, actor_id: int) -> KeptAnswer | None:
    """Return the answer of the last day; an older one is over."""
    row = KeptAnswer.objects.filter(actor_id=actor_id, key=key).first()
    if row is not None and row.created_at < timezone.now() - KEPT:
        row.delete()
        return None
    return row


def _again(kept: KeptAnswer, digest: str) -> Response:
    if kept.digest != digest:
        raise OtherRequest
    data = json.loads(kept.body) if kept.body else None
    return Response(data, status=kept.status, headers={**kept.headers, REPLAYED: "true"})


def _keep(response: Response, *, key: str, digest: str, actor_id: int) -> None:
    KeptAnswer.objects.create(
        actor_id=actor_id,
        key=key,
        digest=digest,
        status=response.status_code,
        headers={name: response.headers[name] for name in KEPT_HEADERS if name in response.headers},
        body="" if response.data is None else JSONRenderer().render(response.data).decode(),
    )

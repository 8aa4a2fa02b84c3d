"""Give, take back and recognize tokens of the API.

A token is ``racimo_<prefix>_<secret>``. The prefix finds the row; of the secret only a hash keyed
with a pepper outside the database is kept, so a stolen dump opens nothing.
"""

import datetime as dt
import hmac
import re
import secrets
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import ApiToken, TokenScope, User

FORM = re.compile(r"racimo_([0-9a-z]{8})_([0-9A-Za-z_-]{43})")
MAX_LIVE_TOKENS = 20
LIFETIMES_IN_DAYS = (30, 90, 365)


class CannotCreateToken(Exception):
    """The person may not hold one more token, and why."""


@transaction.atomic
def create_token(
    *, by: User, name: str, scope: str, days: int, now: dt.datetime
) -> tuple[ApiToken, str]:
    """Create a token; the second value is its text, which is never available again.

    Staff hold none: their reach over everyone's records stays behind a sign-in.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two clicks count one after the other
    if by.is_staff:
        raise CannotCreateToken(_("Las cuentas del equipo no usan claves de la API."))
    if ApiToken.objects.filter(user=by).usable_at(now).count() >= MAX_LIVE_TOKENS:
        raise CannotCreateToken(
            _("Ya tiene %(max)s claves vigentes: retire alguna.") % {"max": MAX_LIVE_TOKENS}
        )
    if days not in LIFETIMES_IN_DAYS or scope not in TokenScope.values:
        raise CannotCreateToken(_("Elija qué permite la clave y cuánto dura."))
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    token = ApiToken(
        user=by,
        name=name,
        prefix=prefix,
        secret_hash=_hash(secret, settings.TOKEN_PEPPERS[0]),
        scope=scope,
        expires_at=now + dt.timedelta(days=days),
    )
    _save(token)
    return token, f"racimo_{prefix}_{secret}"


def _save(token: ApiToken) -> None:
    try:
        token.full_clean(exclude=["user"], validate_constraints=False)
    except ValidationError as error:
        raise CannotCreateToken(" ".join(error.messages)) from error
    token.save()


def revoke_token(*, by: User, token: ApiToken, now: dt.datetime) -> None:
    """Close a token of one's own for ever; closing it again changes nothing."""
    ApiToken.objects.filter(pk=token.pk, user=by, revoked_at__isnull=True).update(revoked_at=now)


def revoke_tokens(*, user: User, now: dt.datetime) -> int:
    """Close all of a person's tokens for ever; return how many."""
    return ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now)


def recognize_token(*, text: str, now: dt.datetime) -> ApiToken | None:
    """Return the live token whose text this is, with its owner; None for anything else."""
    found = FORM.fullmatch(text)
    if found is None:
        return None
    prefix, secret = found.groups()
    token = ApiToken.objects.usable_at(now).select_related("user").filter(prefix=prefix).first()
    if token is None or token.user.is_staff or not _matches(secret, token.secret_hash):
        return None
    if token.last_used_on != now.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return token


def _matches(secret: str, stored: str) -> bool:
    return any(
        hmac.compare_digest(_hash(secret, pepper), stored) for pepper in settings.TOKEN_PEPPERS
    )


def _hash(secret: str, pepper: str) -> str:
    return hmac.new(pepper.encode(), secret.encode(), sha256).hexdigest()

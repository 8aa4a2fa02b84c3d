"""Changing the address by which a person is known: the new one confirms, the old one may undo."""

import datetime as dt
import secrets
from hashlib import sha256

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import ApiToken, EmailChange, User
from accounts.models.emails import UNDO_HOURS
from accounts.services.sessions import end_sessions
from common.mail import send

CONFIRM_HOURS = 24
TOKEN_BYTES = 32


class CannotChangeEmail(Exception):
    """It is the address already, or the link is used, withdrawn, expired or taken."""


@transaction.atomic
def request_email_change(*, by: User, email: str, now: dt.datetime) -> None:
    """Mail a link to the new address; whether somebody else has it already is not told here.

    A new request replaces the one that waits.
    """
    email = email.strip().lower()
    User.objects.select_for_update().get(pk=by.pk)
    if email == by.email.lower():
        raise CannotChangeEmail
    _withdraw(by, now)
    if _is_taken(email):
        _mail_taken(by, email, now)
        return
    token = secrets.token_urlsafe(TOKEN_BYTES)
    change = EmailChange.objects.create(
        user=by,
        old_email=by.email,
        new_email=email,
        confirm_hash=_hash(token),
        expires_at=now + dt.timedelta(hours=CONFIRM_HOURS),
    )
    _mail_confirmation(change, token)


@transaction.atomic
def withdraw_email_change(*, by: User, now: dt.datetime) -> None:
    """Take back a change that waits for the new address."""
    _withdraw(by, now)


def find_change(*, by: User, token: str, now: dt.datetime) -> EmailChange | None:
    """Return the person's own change that a mailed link confirms."""
    rows = EmailChange.objects.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=now)
    return rows.filter(user=by, confirm_hash=_hash(token)).first()


@transaction.atomic
def confirm_email_change(*, by: User, token: str, session_key: str | None, now: dt.datetime) -> str:
    """Change the address, end all other sessions and tokens, and tell the old address."""
    person = User.objects.select_for_update().get(pk=by.pk)
    change = find_change(by=person, token=token, now=now)
    if change is None:
        raise CannotChangeEmail
    undo = secrets.token_urlsafe(TOKEN_BYTES)
    change.confirmed_at, change.undo_hash = now, _hash(undo)
    change.save(update_fields=["confirmed_at", "undo_hash", "updated_at"])
    _set_address(person, change.new_email)
    _close_doors(person, now, keep=session_key)
    _mail_notice(change, undo)
    return change.new_email


def find_undo(*, token: str, now: dt.datetime) -> EmailChange | None:
    """Return the change that the old address may still undo."""
    since = now - dt.timedelta(hours=UNDO_HOURS)
    rows = EmailChange.objects.filter(undone_at=None, confirmed_at__gt=since)
    return rows.filter(undo_hash=_hash(token)).select_related("user").first()


@transaction.atomic
def undo_email_change(*, token: str, now: dt.datetime) -> str:
    """Give the account back to the old address, and shut out whoever is in: also the password.

    The second factor stays: who only reads the old mailbox must not get around it.
    """
    change = find_undo(token=token, now=now)
    if change is None:
        raise CannotChangeEmail
    person = User.objects.select_for_update().get(pk=change.user_id)
    unused = EmailChange.objects.filter(pk=change.pk, undone_at=None)
    if not unused.update(undone_at=now):
        raise CannotChangeEmail
    _withdraw(person, now)
    later = EmailChange.objects.filter(user=person, confirmed_at__gt=change.confirmed_at)
    later.filter(undone_at=None).update(undone_at=now)
    person.set_unusable_password()
    person.save(update_fields=["password", "updated_at"])
    _set_address(person, change.old_email)
    _close_doors(person, now)
    return change.old_email


def _withdraw(person: User, now: dt.datetime) -> None:
    waiting = EmailChange.objects.filter(user=person, confirmed_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=now)


def _is_taken(email: str) -> bool:
    users = User.objects.annotate(folded=Lower("email")).filter(folded=email)
    return users.exists() or EmailAddress.objects.filter(email__iexact=email).exists()


def _set_address(person: User, email: str) -> None:
    """Give the person one confirmed address; the database says whether it is free."""
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
            person.email = email
            person.save(update_fields=["email", "updated_at"])
    except IntegrityError as error:
        raise CannotChangeEmail from error


def _close_doors(person: User, now: dt.datetime, keep: str | None = None) -> None:
    end_sessions(user=person, keep=keep)
    ApiToken.objects.filter(user=person, revoked_at=None).update(revoked_at=now)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _link(name: str, token: str) -> str:
    return f"{settings.SITE_ORIGIN}{reverse(name, args=[token])}"


def _mail_confirmation(change: EmailChange, token: str) -> None:
    with override(site_language(change.user.language)):
        values = {"link": _link("accounts:email-confirm", token), "old": change.old_email}
        body = _(
            "Pidieron que la cuenta de Racimo de %(old)s use este correo. Para confirmarlo, entre "
            "con su cuenta y abra este enlace; dura un día:\n\n%(link)s\n\n"
            "Si no fue usted, no haga nada: nada cambia.\n"
        )
        subject = _("Confirme su correo nuevo en Racimo")
        send(change.new_email, subject, body % values, dedup=f"email-change:{change.pk}")


def _mail_notice(change: EmailChange, undo: str) -> None:
    with override(site_language(change.user.language)):
        values = {
            "link": _link("accounts:email-undo", undo),
            "new": change.new_email,
            "hours": UNDO_HOURS,
        }
        body = _(
            "Su cuenta de Racimo usa desde ahora %(new)s. Los avisos ya no llegan aquí.\n\n"
            "Si no fue usted, deshágalo antes de %(hours)d horas. Cerraremos todas las sesiones y "
            "podrá poner otra contraseña:\n\n%(link)s\n"
        )
        subject = _("El correo de su cuenta de Racimo cambió")
        send(change.old_email, subject, body % values, dedup=f"email-changed:{change.pk}")


def _mail_taken(by: User, email: str, now: dt.datetime) -> None:
    """Tell the owner of an address that somebody else wanted it."""
    body = _(
        "Alguien pidió usar este correo en otra cuenta de Racimo. Aquí ya hay una cuenta con él, "
        "así que no cambiamos nada. Si fue usted, entre con este correo.\n"
    )
    occasion = f"email-taken:{by.pk}:{now:%Y-%m-%d}:{_hash(email)[:16]}"
    send(email, _("Alguien quiso usar su correo en Racimo"), body, dedup=occasion)

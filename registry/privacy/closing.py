"""Closing an account: asked for, undone within thirty days, or carried out."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountClosing, User
from accounts.models.privacy import CLOSING_DAYS
from accounts.services.sessions import end_sessions
from accounts.services.tokens import revoke_tokens
from common.jobs import enqueue
from firms.models import Membership, Organization, Role
from firms.services.letters import Letter, write_to_person

KIND = "person.erase"
SUBJECT = _("Su cuenta de Racimo se borrará en 30 días")
BODY = _(
    "Hola:\n\nUsted pidió borrar su cuenta de Racimo. Lo haremos el %(day)s. Ya cerramos sus"
    " sesiones y retiramos sus claves de la API. Hasta ese día puede entrar y deshacerlo aquí:\n"
    "%(link)s\n\nSi no fue usted, entre ahora, deshágalo y cambie su contraseña.\n"
)


class CannotCloseAccount(Exception):
    """The account is being closed already, or others would lose their only administrator."""

    def __init__(self, organizations: list[Organization]) -> None:
        super().__init__()
        self.organizations = organizations


def open_closing(person: User) -> AccountClosing | None:
    """Return the closing that can still be undone, if there is one."""
    return person.account_closings.filter(undone_at=None, erased_at=None).first()


def orphaned_by(person: User) -> list[Organization]:
    """Return the organizations with other people that would be left without an administrator."""
    administered = Membership.objects.filter(user=person, role=Role.ADMINISTRATOR)
    organizations = Organization.objects.filter(pk__in=administered.values("organization"))
    others = Membership.objects.exclude(user=person)
    led = others.filter(role=Role.ADMINISTRATOR).values("organization")
    return list(organizations.filter(pk__in=others.values("organization")).exclude(pk__in=led))


@transaction.atomic
def close_account(*, by: User, now: dt.datetime) -> AccountClosing:
    """Begin to close one's account: its sessions and tokens end at once.

    Whoever undoes it signs in anew. Raises ``CannotCloseAccount``.
    """
    User.objects.select_for_update().get(pk=by.pk)
    orphaned = orphaned_by(by)
    if orphaned or open_closing(by):
        raise CannotCloseAccount(orphaned)
    due_on = now.date() + dt.timedelta(days=CLOSING_DAYS)
    closing = AccountClosing.objects.create(user=by, asked_at=now, due_on=due_on)
    end_sessions(user=by)
    revoke_tokens(user=by, now=now)
    occasion = f"closing:{closing.public_id}"
    values = {"day": due_on.isoformat()}
    page: tuple[str, tuple[object, ...]] = ("privacy:mine", ())
    write_to_person(Letter(occasion, SUBJECT, BODY, values, page), person=by)
    return closing


@transaction.atomic
def undo_closing(*, by: User, now: dt.datetime) -> bool:
    """Keep the account after all; answer whether it was being closed."""
    waiting = by.account_closings.filter(undone_at=None, erased_at=None)
    return bool(waiting.update(undone_at=now))


def ask_for_due_erasures(now: dt.datetime) -> int:
    """Ask for the erasure of every account whose thirty days are over."""
    due = AccountClosing.objects.filter(due_on__lte=now.date(), undone_at=None, erased_at=None)
    keys = list(due.values_list("user_id", flat=True))
    with transaction.atomic():
        for key in keys:
            enqueue(KIND, key, queue="bulk")
    return len(keys)

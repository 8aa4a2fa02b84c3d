"""Browsers in which people are signed in, and when each of them has been signed in for too long."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from common.history.context import Actor, acting

STARTED = "started"
DEVICE = "device"
DEVICE_LENGTH = 200
NOTED_EVERY = dt.timedelta(minutes=1)


class Session(AbstractBaseSession):
    """What a browser's cookie opens: whose it is, since when, and when it was last used."""

    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="browser_sessions"
    )
    device = models.CharField(_("equipo"), max_length=DEVICE_LENGTH, blank=True)
    started_at = models.DateTimeField(_("empezó"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("último uso"), null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """Return the store that reads and writes these rows."""
        return SessionStore

    def is_over(self, now: dt.datetime) -> bool:
        """Say whether a person has not used it for too long, or has been in it for too long."""
        if self.user is None or self.started_at is None or self.last_used_at is None:
            return False
        limits = settings.SESSION_LIMITS["staff" if self.user.is_staff else "people"]
        return now - self.last_used_at >= limits.idle or now - self.started_at >= limits.absolute


class SessionStore(DatabaseStore):
    """Keeps sessions in rows that name their person; one that is over opens nothing."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the model of the rows."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Make the row of what the session holds; it begins when somebody signs in."""
        now = timezone.now()
        person = data.get(SESSION_KEY)
        if person is None:
            data.pop(STARTED, None)
        else:
            data.setdefault(STARTED, now.isoformat())
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # own model
        if person is not None:
            row.user_id = int(person)
            row.device = str(data.get(DEVICE, ""))[:DEVICE_LENGTH]
            row.started_at = dt.datetime.fromisoformat(data[STARTED])
            row.last_used_at = now
        return row

    def _get_session_from_db(self) -> Session | None:
        """Read the row with its person in one query; note about once a minute that it is used."""
        now = timezone.now()
        rows = Session.objects.select_related("user")
        try:
            row = rows.get(session_key=self.session_key, expire_date__gt=now)
        except (Session.DoesNotExist, SuspiciousOperation):
            row = None
        if row is not None and not _noted(row, now):
            row = None
        if row is None:
            self._session_key = None
        return row


def _noted(row: Session, now: dt.datetime) -> bool:
    """Note that a session is used, or end it when it is over; say whether it goes on.

    These writes name themselves: who makes the request is not known before its session is read.
    """
    is_over = row.is_over(now)
    is_due = row.last_used_at is not None and now - row.last_used_at >= NOTED_EVERY
    if is_over or is_due:
        with acting(Actor("session")):
            if is_over:
                row.delete()
            else:
                Session.objects.filter(pk=row.pk).update(last_used_at=now)
    return not is_over

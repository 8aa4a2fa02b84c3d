"""What a person wants to read by mail, of each kind of news, and how often."""

import datetime as dt
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User


class MailKind(models.TextChoices):
    """Kinds of mail that a person may do without."""

    SEARCHES = "searches", _("Novedades de sus búsquedas guardadas")
    MATCHES = "matches", _("Coincidencias nuevas de sus necesidades y ofertas")
    INTRODUCTIONS = "introductions", _("Presentaciones: quién quiere hablar con usted")


class Pace(models.TextChoices):
    """How often a person is told what is new."""

    NONE = "none", _("Sin avisos")
    HOURLY = "hourly", _("En menos de una hora")
    DAILY = "daily", _("Una vez al día")
    WEEKLY = "weekly", _("Una vez a la semana")


class MailChoice(models.Model):
    """The pace of one kind of mail for one person; without a row the usual pace holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(_("de qué"), max_length=16, choices=MailKind.choices)
    pace = models.CharField(_("cada cuánto"), max_length=6, choices=Pace.choices)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When news were last written.")

    class Meta:
        verbose_name = _("aviso por correo")
        verbose_name_plural = _("avisos por correo")
        ordering: ClassVar = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="mail_choice_once_per_kind",
                violation_error_message=_("Ya eligió para esa clase de correo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pace}"


def zone_of(person: User) -> dt.tzinfo:
    """Return a person's time zone: the chosen one, else that of the installation."""
    return ZoneInfo(person.time_zone or settings.READERS_TIME_ZONE)

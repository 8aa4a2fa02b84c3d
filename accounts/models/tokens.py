"""Tokens of the API."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public


class TokenScope(models.TextChoices):
    """What a token may do in its owner's name."""

    READ = "read", _("Solo consultar")
    WRITE = "write", _("Consultar y escribir")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Named sets of tokens."""

    def usable_at(self, now: dt.datetime) -> Self:
        """Keep those that open the door now: neither revoked nor expired, owner active."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)


class ApiToken(Public):
    """A secret that lets a program act as a person; only its keyed hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("para qué la usa"), max_length=80)
    prefix = models.CharField(max_length=8, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    scope = models.CharField(
        _("qué permite"), max_length=5, choices=TokenScope.choices, default=TokenScope.READ
    )
    expires_at = models.DateTimeField(_("vence"))
    revoked_at = models.DateTimeField(_("revocada"), null=True, blank=True)
    last_used_on = models.DateField(_("último uso"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("clave de la API")
        verbose_name_plural = _("claves de la API")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="token_has_a_name",
                violation_error_message=_("Escriba para qué la usará."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="token_expires_after_creation",
                violation_error_message=_("La clave vence antes de empezar."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

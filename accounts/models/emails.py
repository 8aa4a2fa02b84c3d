"""Changes of a person's address."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public

UNDO_HOURS = 72


class EmailChange(Public):
    """One address given up for another: real once the new one confirms, undone by the old one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="email_changes")
    old_email = models.EmailField(_("correo anterior"), max_length=254)
    new_email = models.EmailField(_("correo nuevo"), max_length=254)
    confirm_hash = models.CharField(max_length=64, unique=True, editable=False)
    undo_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("vence"))
    confirmed_at = models.DateTimeField(_("confirmado"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirado"), null=True, blank=True)
    undone_at = models.DateTimeField(_("deshecho"), null=True, blank=True)

    class Meta:
        verbose_name = _("cambio de correo")
        verbose_name_plural = _("cambios de correo")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="email_change_one_open_per_person",
                violation_error_message=_("Ya hay un cambio de correo en espera."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="email_change_undone_after_confirmed",
                violation_error_message=_("Solo se deshace un cambio confirmado."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_email} → {self.new_email}"

    @property
    def undo_until(self) -> dt.datetime | None:
        """The moment until which the old address may undo it."""
        return self.confirmed_at and self.confirmed_at + dt.timedelta(hours=UNDO_HOURS)

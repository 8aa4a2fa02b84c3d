"""Organizations that let a cluster organization or an agency act in their name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public
from firms.models.organizations import Organization


class Delegation(Public):
    """The consent of an organization that another one acts in its name, until taken back."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="delegations_given")
    delegate = models.ForeignKey(Organization, models.CASCADE, related_name="delegations_received")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegations_given",
    )
    given_at = models.DateTimeField(_("dado"))
    ended_at = models.DateTimeField(_("retirado"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegations_ended",
    )

    class Meta:
        verbose_name = _("permiso para actuar en nombre de otra")
        verbose_name_plural = _("permisos para actuar en nombre de otra")
        ordering: ClassVar = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "delegate"],
                condition=Q(ended_at__isnull=True),
                name="delegation_one_open_per_pair",
                violation_error_message=_("Ya tiene este permiso."),
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("delegate")),
                name="delegation_to_another",
                violation_error_message=_("Una organización no se da permiso a sí misma."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="delegation_ends_after_it_begins",
                violation_error_message=_("El permiso termina después de darse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} → {self.organization}"


class ActingSession(Public):
    """A person who acts in the name of an organization, for half an hour at most."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="acting_sessions"
    )
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(_("empezó"))
    expires_at = models.DateTimeField(_("vence"))
    ended_at = models.DateTimeField(_("terminó"), null=True, blank=True)

    class Meta:
        verbose_name = _("actuación en nombre de otra")
        verbose_name_plural = _("actuaciones en nombre de otra")
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at__isnull=True),
                name="acting_one_at_a_time",
                violation_error_message=_("Ya actúa en nombre de otra organización."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("started_at")),
                name="acting_expires_after_it_starts",
                violation_error_message=_("Vence antes de empezar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.delegation}"


class ActingWrite(models.Model):
    """One thing that a person did in the name of an organization."""

    session = models.ForeignKey(ActingSession, models.CASCADE, related_name="writes")
    action = models.CharField(_("qué hizo"), max_length=60)
    path = models.CharField(_("dónde"), max_length=300)
    done_at = models.DateTimeField(_("cuándo"))

    class Meta:
        verbose_name = _("acto en nombre de otra")
        verbose_name_plural = _("actos en nombre de otra")
        ordering: ClassVar = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.path}"

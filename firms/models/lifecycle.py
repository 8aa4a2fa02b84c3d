"""What became of an organization: paused, closed, continued by another, open again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public
from firms.models.organizations import Organization


class LifecycleKind(models.TextChoices):
    """A turn in an organization's life."""

    SUSPENDED = "suspended", _("En pausa")
    RESUMED = "resumed", _("De nuevo activa")
    CLOSED = "closed", _("Cerrada")
    REOPENED = "reopened", _("Reabierta")


class ClosingReason(models.TextChoices):
    """Why an organization closes, as its administrator says."""

    CEASED = "ceased", _("Dejó de operar")
    SUCCEEDED = "succeeded", _("Otra organización continúa su actividad")
    LEAVES = "leaves", _("Ya no quiere estar en Racimo")
    OTHER = "other", _("Otro motivo")


class LifecycleMove(Public):
    """One turn: who decided it, when, why and, at a closing, which organization continues.

    A successor shows once its own side has confirmed it, so nobody is named heir unasked.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="lifecycle_moves")
    kind = models.CharField(_("cambio"), max_length=9, choices=LifecycleKind.choices)
    reason = models.CharField(_("motivo"), max_length=9, choices=ClosingReason.choices, blank=True)
    note = models.CharField(_("detalle"), max_length=500, blank=True)
    effective_on = models.DateField(_("desde el"))
    successor = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("la continúa"),
        related_name="predecessor_moves",
    )
    successor_confirmed_at = models.DateTimeField(
        _("confirmada por la sucesora"), null=True, blank=True
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("hecho"))
    settled_at = models.DateTimeField(_("cierre definitivo"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("cambio de estado")
        verbose_name_plural = _("cambios de estado")
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind=LifecycleKind.CLOSED) & ~Q(reason=""))
                | (~Q(kind=LifecycleKind.CLOSED) & Q(reason="")),
                name="lifecycle_closing_says_why",
                violation_error_message=_("Indique el motivo del cierre."),
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True)
                | (Q(kind=LifecycleKind.CLOSED) & ~Q(successor=F("organization"))),
                name="lifecycle_successor_is_another",
                violation_error_message=_("Una organización no se continúa a sí misma."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(kind=LifecycleKind.CLOSED),
                name="lifecycle_only_closings_settle",
                violation_error_message=_("Solo un cierre queda en firme."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.kind}"

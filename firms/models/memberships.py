"""People in organizations, and invitations to join one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Public, Timestamped
from firms.models.organizations import Organization


class Role(models.TextChoices):
    """What a person may do for an organization."""

    READER = "reader", _("Lectura")
    EDITOR = "editor", _("Edición")
    ADMINISTRATOR = "administrator", _("Administración")


@tracked("organization", key="organization_id")
class Membership(Timestamped):
    """A person in an organization, with one role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=14, choices=Role.choices)

    class Meta:
        verbose_name = _("pertenencia")
        verbose_name_plural = _("pertenencias")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                name="membership_unique",
                violation_error_message=_("Esta persona ya está en la organización."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organization}"


class Invitation(Public):
    """A single-use offer to join an organization, bound to one address and one role."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("correo electrónico"), max_length=254)
    role = models.CharField(_("rol"), max_length=14, choices=Role.choices)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations_sent"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("vence"))
    accepted_at = models.DateTimeField(_("aceptada"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("retirada"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitación")
        verbose_name_plural = _("invitaciones")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_address",
                violation_error_message=_("Ya hay una invitación abierta para ese correo."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
                violation_error_message=_("Una invitación aceptada no se retira."),
            ),
        ]

    def __str__(self) -> str:
        return self.email

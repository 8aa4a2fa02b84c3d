"""Tax and registry identifiers of organizations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class IdentifierStatus(models.TextChoices):
    """How far an identifier has been checked."""

    UNCHECKED = "unchecked", _("Sin revisar")
    FORMAT_OK = "format_ok", _("Dígito verificador correcto")
    CONFIRMED = "confirmed", _("Confirmado en el registro")


@tracked("organization", key="organization_id")
class Identifier(Timestamped):
    """A number that a registry gave to an organization; the scheme is an org-id.guide code."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("registro"), max_length=12)
    value = models.CharField(_("número"), max_length=60)
    normalized = models.CharField(max_length=60)
    status = models.CharField(
        _("revisión"),
        max_length=10,
        choices=IdentifierStatus.choices,
        default=IdentifierStatus.UNCHECKED,
    )
    is_primary = models.BooleanField(_("principal"), default=False)

    class Meta:
        verbose_name = _("identificador")
        verbose_name_plural = _("identificadores")
        ordering: ClassVar = ["-is_primary", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "normalized"],
                name="identifier_unique",
                violation_error_message=_("Ya hay una organización con este número."),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_primary=True),
                name="identifier_one_primary",
                violation_error_message=_("Solo un identificador puede ser el principal."),
            ),
            models.CheckConstraint(
                condition=~Q(normalized=""),
                name="identifier_not_empty",
                violation_error_message=_("Escriba el número."),
            ),
        ]

        indexes = [
            # somebody types a number without saying of which registry
            models.Index(fields=["normalized"], name="identifier_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

"""Registers that hold an organization, and how its size is declared."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


@tracked("organization", key="organization_id")
class Registration(Timestamped):
    """An entry in a register that programs and buyers ask for, as RENIECYT or RUMP."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="registrations")
    registry = models.CharField(_("registro"), max_length=80)
    number = models.CharField(_("número"), max_length=80, blank=True)
    valid_until = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("inscripción")
        verbose_name_plural = _("inscripciones")
        ordering: ClassVar = ["registry", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "registry", "number"],
                name="registration_unique",
                violation_error_message=_("Esa inscripción ya está en la lista."),
            ),
            models.CheckConstraint(
                condition=~Q(registry=""),
                name="registration_names_its_registry",
                violation_error_message=_("Escriba el nombre del registro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registry} {self.number}".strip()


@tracked("organization", key="organization_id")
class SizeDeclaration(Timestamped):
    """By which national rule a size was declared, with what proof, and until when it counts."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="size_declaration"
    )
    rule = models.CharField(_("norma con que se clasificó"), max_length=30, blank=True)
    evidence = models.CharField(_("respaldo"), max_length=200, blank=True)
    valid_until = models.DateField(_("vigente hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("declaración de tamaño")
        verbose_name_plural = _("declaraciones de tamaño")
        ordering: ClassVar = ["organization"]

    def __str__(self) -> str:
        return self.rule

"""What organizations say of themselves where no stored fact can tell."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.models import Timestamped
from firms.models import Organization


class Declaration(Timestamped):
    """An organization's answer to a question of programs; it serves every rule that asks it."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="declarations")
    question = models.CharField(_("pregunta"), max_length=80)
    holds = models.BooleanField(_("lo cumple"))
    declared_on = models.DateField(_("dicho el"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("declaración")
        verbose_name_plural = _("declaraciones")
        ordering: ClassVar = ["question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "question"],
                name="declaration_once",
                violation_error_message=_("Esa pregunta ya tiene respuesta."),
            )
        ]

    def __str__(self) -> str:
        return self.question

"""What organizations answer to the questions of programs, asked once and used by all of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.models import Timestamped
from firms.models import Organization
from programs.models.calls import Call


class FactAnswer(Timestamped):
    """An organization's answer about one fact, in the fact's form (``eligibility/told.py``)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="fact_answers")
    call = models.ForeignKey(
        Call,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="fact_answers",
        help_text=_("Solo para lo que es del proyecto que se presenta a esa convocatoria."),
    )
    fact = models.CharField(_("dato"), max_length=40)
    value = models.JSONField(_("respuesta"))
    answered_on = models.DateField(_("dicho el"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        ordering: ClassVar = ["fact", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "call", "fact"],
                nulls_distinct=False,
                name="fact_answer_once",
                violation_error_message=_("Esa pregunta ya tiene respuesta."),
            )
        ]

    def __str__(self) -> str:
        return self.fact

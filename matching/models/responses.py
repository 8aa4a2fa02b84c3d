"""What people said about a match: never touched by recomputation."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Timestamped
from firms.models import Need, Offer, Organization


class MatchAnswer(models.TextChoices):
    """What a person did with a match."""

    SEEN = "seen", _("Vista")
    SAVED = "saved", _("Guardada")
    DISMISSED = "dismissed", _("Descartada")


class DismissReason(models.TextChoices):
    """Why a match was not for someone."""

    FIELD = "field", _("No es lo que busco")
    PLACE = "place", _("Queda lejos")
    SIZE = "size", _("El tamaño no calza")
    KNOWN = "known", _("Ya nos conocemos")
    OTHER = "other", _("Otro motivo")


class MatchResponse(Timestamped):
    """A person's answer to a pair, on behalf of one organization."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="match_responses")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="match_responses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="match_responses"
    )
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="match_responses")
    answer = models.CharField(_("respuesta"), max_length=9, choices=MatchAnswer.choices)
    reason = models.CharField(_("motivo"), max_length=8, choices=DismissReason.choices, blank=True)

    class Meta:
        verbose_name = _("respuesta a una coincidencia")
        verbose_name_plural = _("respuestas a coincidencias")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "offer", "person", "organization"],
                name="match_response_unique",
                violation_error_message=_("Ya respondió a esta coincidencia."),
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(answer=MatchAnswer.DISMISSED),
                name="match_response_reason_of_dismissal",
                violation_error_message=_("Solo lo descartado lleva motivo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ~ {self.offer_id}: {self.answer}"

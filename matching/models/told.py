"""Matches of which a person has been told: recomputing never touches them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models import Need, Offer


class ToldMatch(models.Model):
    """A pair that stood in a digest of a person, or behind its "and more": no news again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="told_matches"
    )
    need = models.ForeignKey(Need, models.CASCADE, related_name="told_matches")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="told_matches")
    told_at = models.DateTimeField(_("avisada"))

    class Meta:
        verbose_name = _("coincidencia avisada")
        verbose_name_plural = _("coincidencias avisadas")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "need", "offer"],
                name="told_match_once",
                violation_error_message=_("Ya se avisó de esa coincidencia."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.need_id} ~ {self.offer_id}"

"""Yearly reviews of who belongs to an organization."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models.organizations import Organization


class PeopleReview(models.Model):
    """An administrator said who still belongs to the organization, and who does not."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="people_reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people_reviews",
    )
    reviewed_at = models.DateTimeField(_("revisado"), db_index=True)
    kept = models.PositiveIntegerField(_("siguen"))
    removed = models.PositiveIntegerField(_("ya no están"))

    class Meta:
        verbose_name = _("revisión de personas")
        verbose_name_plural = _("revisiones de personas")
        ordering: ClassVar = ["-reviewed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organization} · {self.reviewed_at:%Y-%m-%d}"

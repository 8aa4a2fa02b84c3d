"""Who has been supported by a program: what the directory asks, written by who keeps the awards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from firms.models.organizations import Organization


class Beneficiary(models.Model):
    """An organization with an award of a program; kept by the trigger on awards, never by hand."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, primary_key=True, related_name="beneficiary"
    )
    latest_year = models.PositiveSmallIntegerField(_("último año"))

    class Meta:
        verbose_name = _("beneficiaria de un programa")
        verbose_name_plural = _("beneficiarias de programas")

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.latest_year}"

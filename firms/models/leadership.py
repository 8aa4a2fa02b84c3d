"""Who leads an organization: sensitive facts, told under explicit consent or not at all."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.history import tracked
from common.models import Timestamped
from firms.models.figures import PERCENT
from firms.models.organizations import Organization


@tracked("organization", key="organization_id", hidden=("*",))
class Leadership(Timestamped):
    """What an organization says of those who lead it, and who consented, when, to which text.

    Withdrawing the consent deletes the row. Only administrators see it; no text that is searched
    or matched may hold it.
    """

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="leadership")
    women_led = models.BooleanField(_("liderada por mujeres"), null=True, blank=True)
    youth_led = models.BooleanField(_("liderada por jóvenes"), null=True, blank=True)
    indigenous_or_afro_led = models.BooleanField(
        _("liderada por personas indígenas o afrodescendientes"), null=True, blank=True
    )
    disability_led = models.BooleanField(
        _("liderada por personas con discapacidad"), null=True, blank=True
    )
    rural_led = models.BooleanField(_("liderada por personas del campo"), null=True, blank=True)
    victim_registry = models.BooleanField(_("en un registro de víctimas"), null=True, blank=True)
    women_on_board_pct = models.DecimalField(
        _("mujeres en el directorio, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    women_capital_pct = models.DecimalField(
        _("capital de mujeres, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    consented_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    consented_at = models.DateTimeField(_("consentido el"))
    consent_version = models.CharField(_("texto consentido"), max_length=20)

    class Meta:
        verbose_name = _("datos de quienes dirigen")
        verbose_name_plural = _("datos de quienes dirigen")
        ordering: ClassVar = ["organization"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(consent_version=""),
                name="leadership_names_the_text",
                violation_error_message=_("Un consentimiento nombra el texto que se aceptó."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(women_on_board_pct__isnull=True) | Q(women_on_board_pct__range=(0, 100))
                )
                & (Q(women_capital_pct__isnull=True) | Q(women_capital_pct__range=(0, 100))),
                name="leadership_shares_in_range",
                violation_error_message=_("Un porcentaje va de 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}"

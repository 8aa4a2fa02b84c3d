"""Standards that an organization can be certified against."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.models import Labelled


class CertificateFamily(models.TextChoices):
    """What a standard is about."""

    QUALITY = "quality", _("Calidad")
    ENVIRONMENT = "environment", _("Ambiente")
    FOOD = "food", _("Inocuidad alimentaria")
    SAFETY = "safety", _("Seguridad y salud")
    INFORMATION = "information", _("Seguridad de la información")
    SOCIAL = "social", _("Comercio justo y social")
    INDUSTRY = "industry", _("Sectorial")


class CertificateStandard(Labelled):
    """A certificate that people really hold: ISO 9001, HACCP, Fairtrade, FSC."""

    code = models.SlugField(_("código"), max_length=40, unique=True)
    family = models.CharField(_("familia"), max_length=12, choices=CertificateFamily.choices)

    class Meta:
        verbose_name = _("norma de certificación")
        verbose_name_plural = _("normas de certificación")
        ordering: ClassVar = ["code"]

"""Certificates that organizations hold."""

import datetime as dt
from pathlib import PurePosixPath
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import CertificateStandard
from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Named sets of certificates."""

    def valid_on(self, day: dt.date) -> Self:
        """Keep those in force on a day; an open end counts as in force."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


@tracked("organization", key="organization_id", hidden=("evidence",))
class Certificate(Timestamped):
    """A standard held by an organization between two dates."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="certificates")
    standard = models.ForeignKey(
        CertificateStandard, models.PROTECT, verbose_name=_("norma"), related_name="certificates"
    )
    scope = models.CharField(_("alcance"), max_length=250, blank=True)
    body = models.CharField(_("entidad certificadora"), max_length=160, blank=True)
    number = models.CharField(_("número"), max_length=80, blank=True)
    valid_from = models.DateField(_("vigente desde"), null=True, blank=True)
    valid_until = models.DateField(_("vigente hasta"), null=True, blank=True)

    evidence = models.CharField(_("Documento"), max_length=120, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificado")
        verbose_name_plural = _("certificados")
        ordering: ClassVar = ["standard__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="certificate_dates_in_order",
                violation_error_message=_("La vigencia termina antes de empezar."),
            ),
            models.UniqueConstraint(
                fields=["organization", "standard", "number"],
                name="certificate_unique",
                violation_error_message=_("Ese certificado ya está en la lista."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.standard)

    @property
    def evidence_name(self) -> str:
        """The part of the kept file's name that nobody can guess; empty without a file."""
        return PurePosixPath(self.evidence).stem

"""Activities and products by the schemes that statistics and tenders use."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.search import Fold
from common.models import Labelled


class Scheme(models.TextChoices):
    """A published classification and its version."""

    ISIC4 = "isic4", _("CIIU Rev. 4 (actividades)")
    CPV2008 = "cpv2008", _("CPV 2008 (compras públicas)")
    HS = "hs", _("Sistema Armonizado (productos)")
    CAPABILITY = "capability", _("Capacidades (tesauro de Racimo)")


class Classification(Labelled):
    """One entry of a scheme; ``path`` lists the codes from the root to it."""

    scheme = models.CharField(_("esquema"), max_length=10, choices=Scheme.choices)
    code = models.CharField(_("código"), max_length=12)
    level = models.PositiveSmallIntegerField(_("nivel"), help_text="1 is the broadest.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=80, help_text="Codes from the root, as A/01/011/0111.")

    class Meta:
        verbose_name = _("clasificación")
        verbose_name_plural = _("clasificaciones")
        ordering: ClassVar = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="classification_unique_code",
                violation_error_message=_("Ese código ya existe en el esquema."),
            )
        ]
        indexes = [
            # descendants of an entry are rows whose path starts with its path
            models.Index(
                "scheme", OpClass("path", name="varchar_pattern_ops"), name="classification_tree"
            ),
            GinIndex(
                OpClass(Fold("label_es", "label_pt", "label_en"), name="gin_trgm_ops"),
                name="classification_words",
            ),
        ]


class ClassificationLink(models.Model):
    """A published correspondence from an entry of one scheme to an entry of another."""

    source = models.ForeignKey(Classification, models.CASCADE, related_name="links")
    target = models.ForeignKey(Classification, models.CASCADE, related_name="linked_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="classification_link_unique")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.target_id}"

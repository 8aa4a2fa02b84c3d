"""Steps of a value chain."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.models.classifications import Classification
from clusters.models.clusters import Cluster
from common.history import tracked
from common.models import Labelled


class StageKind(models.TextChoices):
    """What a step contributes to the chain."""

    INPUT = "input", _("Insumo")
    TRANSFORMATION = "transformation", _("Transformación")
    SERVICE = "service", _("Servicio especializado")
    LOGISTICS = "logistics", _("Logística")
    COMMERCIALIZATION = "commercialization", _("Comercialización")
    SUPPORT = "support", _("Apoyo e investigación")
    REGULATION = "regulation", _("Regulación y certificación")
    CIRCULAR = "circular", _("Residuos y circularidad")


@tracked("cluster", key="cluster_id")
class ValueChainStage(Labelled):
    """A step from input to market, in one cluster; an ordered list until edges are added."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="stages")
    code = models.SlugField(_("código"), max_length=40)
    kind = models.CharField(_("tipo"), max_length=20, choices=StageKind.choices)
    position = models.PositiveSmallIntegerField(_("orden"))
    activities = models.ManyToManyField(Classification, related_name="stages", blank=True)

    class Meta:
        verbose_name = _("etapa de la cadena")
        verbose_name_plural = _("etapas de la cadena")
        ordering: ClassVar = ["cluster", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "code"],
                name="stage_unique_code",
                violation_error_message=_("Ya hay una etapa con ese código."),
            )
        ]

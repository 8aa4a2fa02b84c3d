"""The cluster: a territory, its sectors, and a chain of value."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import IsValid, NumPoints
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from clusters.models.classifications import Classification
from clusters.models.places import AdminUnit
from common.history import tracked
from common.i18n import in_readers_language
from common.models import Labelled, Public

MAX_TERRITORY_VERTICES = 2_000


class ClusterStatus(models.TextChoices):
    """Where a cluster stands in its life."""

    EMERGING = "emerging", _("Emergente")
    ACTIVE = "active", _("Activo")
    DORMANT = "dormant", _("En pausa")
    CLOSED = "closed", _("Cerrado")


@tracked("cluster", key="id", hidden=("territory",))
class Cluster(Public, Labelled):
    """A geographic concentration of linked organizations: territory, sectors, value chain."""

    slug = models.SlugField(_("dirección"), max_length=80, unique=True)
    summary_es = models.TextField(_("resumen en español"), max_length=1_200, blank=True)
    summary_pt = models.TextField(_("resumen en portugués"), max_length=1_200, blank=True)
    summary_en = models.TextField(_("resumen en inglés"), max_length=1_200, blank=True)
    status = models.CharField(
        _("estado"), max_length=10, choices=ClusterStatus.choices, default=ClusterStatus.ACTIVE
    )
    country = models.ForeignKey(AdminUnit, models.PROTECT, related_name="clusters_of_country")
    admin_units = models.ManyToManyField(AdminUnit, related_name="clusters", blank=True)
    territory = models.MultiPolygonField(_("territorio"), srid=4326, null=True, blank=True)
    sectors = models.ManyToManyField(Classification, related_name="clusters", blank=True)
    founded_year = models.PositiveSmallIntegerField(_("año de inicio"), null=True, blank=True)
    website = models.URLField(_("sitio web"), max_length=300, blank=True)
    is_illustration = models.BooleanField(
        default=False, help_text="Built to show the product; not a record of a real cluster."
    )
    last_confirmed_on = models.DateField(_("confirmado el"), null=True, blank=True)

    class Meta:
        verbose_name = _("clúster")
        verbose_name_plural = _("clústeres")
        ordering: ClassVar = ["label_es", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label_es="") | ~Q(label_pt="") | ~Q(label_en=""),
                name="cluster_has_a_name",
                violation_error_message=_("Un clúster necesita un nombre."),
            ),
            models.CheckConstraint(
                condition=Q(territory__isnull=True) | Q(Coalesce(IsValid("territory"), False)),
                name="cluster_territory_is_valid",
                violation_error_message=_("El territorio se cruza a sí mismo."),
            ),
            models.CheckConstraint(
                condition=Q(territory__isnull=True)
                | Q(LessThanOrEqual(NumPoints("territory"), MAX_TERRITORY_VERTICES)),
                name="cluster_territory_vertices",
                violation_error_message=_("El territorio admite hasta 2.000 vértices."),
            ),
        ]

    @property
    def summary(self) -> str:
        """What the cluster is, in the reader's language or the first one written."""
        return in_readers_language(self, "summary")

"""What people keep of a search: the search itself, or a file of what it found."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Pace
from common.models import Public


class Listed(models.TextChoices):
    """The lists that can be searched, kept and exported."""

    ORGANIZATIONS = "organizations", _("Organizaciones")
    OFFERS = "offers", _("Ofertas")
    NEEDS = "needs", _("Necesidades")


class SavedSearch(Public):
    """A search that a person keeps under a name, and how often new results are mailed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("nombre"), max_length=80)
    listed = models.CharField(_("lista"), max_length=14, choices=Listed.choices)
    query = models.CharField(max_length=1_500, blank=True, help_text="As in the address.")
    pace = models.CharField(_("avisos"), max_length=6, choices=Pace.choices, default=Pace.NONE)
    told_until = models.DateTimeField(help_text="What was published before is not news.")
    seen_until = models.DateTimeField(
        db_default=Now(), help_text="What was published before has been looked at."
    )
    # It is shown to its owner again and again, and opens what anyone may read: kept as it is.
    feed_token = models.CharField(max_length=43, unique=True, null=True, blank=True)
    deleted_at = models.DateTimeField(_("borrada"), null=True, blank=True)

    class Meta:
        verbose_name = _("búsqueda guardada")
        verbose_name_plural = _("búsquedas guardadas")
        ordering: ClassVar = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                condition=Q(deleted_at__isnull=True),
                name="saved_search_name_unique",
                violation_error_message=_("Ya tiene una búsqueda con ese nombre."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="saved_search_has_a_name",
                violation_error_message=_("Póngale un nombre."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ToldResult(models.Model):
    """A result of which a mail has told: whatever happens to its dates, it is no news again."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="told")
    row_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("resultado avisado")
        verbose_name_plural = _("resultados avisados")
        constraints = [
            models.UniqueConstraint(
                fields=["search", "row_id"],
                name="told_result_once",
                violation_error_message=_("Ya se avisó de ese resultado."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.row_id}"


class ExportFormat(models.TextChoices):
    """Kinds of file."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    GEOJSON = "geojson", _("GeoJSON (mapa)")


class Export(Public):
    """A file of a filtered list, for the one person who asked for it, for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    listed = models.CharField(_("lista"), max_length=14, choices=Listed.choices)
    format = models.CharField(_("formato"), max_length=8, choices=ExportFormat.choices)
    language = models.CharField(max_length=5, default="es")
    query = models.CharField(max_length=1_500, blank=True)
    row_count = models.PositiveIntegerField(_("filas"), null=True, blank=True)
    is_cut = models.BooleanField(_("cortada en el límite"), default=False)
    file = models.FileField(upload_to="exports/", blank=True)
    size = models.PositiveBigIntegerField(_("tamaño en bytes"), default=0)
    rights = models.CharField(max_length=64, blank=True, help_text="What its owner was allowed.")
    expires_at = models.DateTimeField(_("vence"))

    class Meta:
        verbose_name = _("exportación")
        verbose_name_plural = _("exportaciones")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | Q(row_count__isnull=False),
                name="export_file_has_rows",
                violation_error_message=_("Un archivo dice cuántas filas tiene."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed}.{self.format}"

    def is_ready(self, now: dt.datetime) -> bool:
        """Say whether its file may be fetched."""
        return bool(self.file) and now < self.expires_at

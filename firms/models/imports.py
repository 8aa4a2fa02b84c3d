"""Files that were imported, and the rows that were not."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public


class ImportKind(models.TextChoices):
    """What a file holds."""

    CONTRACTS = "contracts", _("Contratos públicos")
    ESTABLISHMENTS = "establishments", _("Establecimientos")
    ROR = "ror", _("Organizaciones de investigación")


class ImportBatch(Public):
    """One file read by a background job: what came of its rows, as counted so far."""

    kind = models.CharField(_("contenido"), max_length=16, choices=ImportKind.choices)
    file_name = models.CharField(_("archivo"), max_length=250)
    content_hash = models.CharField(max_length=64)
    rows_total = models.PositiveIntegerField(_("filas"), default=0)
    rows_done = models.PositiveIntegerField(_("filas leídas"), default=0)
    created = models.PositiveIntegerField(_("creadas"), default=0)
    updated = models.PositiveIntegerField(_("actualizadas"), default=0)
    unchanged = models.PositiveIntegerField(_("sin cambios"), default=0)
    rejected = models.PositiveIntegerField(_("rechazadas"), default=0)
    finished_at = models.DateTimeField(_("terminada"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("importación")
        verbose_name_plural = _("importaciones")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")),
                name="import_progress_within_total",
                violation_error_message=_("No se leen más filas que las del archivo."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRecord(models.Model):
    """A row of a register as last read: what the organizations made of it are computed from."""

    kind = models.CharField(_("contenido"), max_length=16, choices=ImportKind.choices)
    ref = models.CharField(_("referencia"), max_length=160)
    parties = ArrayField(models.CharField(max_length=120), verbose_name=_("de quién habla"))
    data = models.JSONField(_("celdas"))
    batch = models.ForeignKey(
        ImportBatch, models.PROTECT, verbose_name=_("vista en"), related_name="records"
    )
    row_number = models.PositiveIntegerField(_("fila"))

    class Meta:
        verbose_name = _("registro importado")
        verbose_name_plural = _("registros importados")
        ordering: ClassVar = ["kind", "ref"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ref"],
                name="imported_record_unique",
                violation_error_message=_("Ese registro ya está importado."),
            )
        ]
        indexes = [GinIndex(fields=["parties"], name="imported_record_parties")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class ImportParty(models.Model):
    """An organization that a running import has still to write anew."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="waiting_parties")
    key = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["batch", "key"]
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="import_party_once")]

    def __str__(self) -> str:
        return self.key


class ImportRejection(models.Model):
    """A row that was not imported, and why."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rejections")
    row_number = models.PositiveIntegerField(_("fila"))
    reason = models.CharField(_("motivo"), max_length=60)
    detail = models.CharField(_("detalle"), max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["batch", "row_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "row_number"], name="import_rejection_once_per_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_number}: {self.reason}"

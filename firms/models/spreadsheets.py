"""Spreadsheets of organizations that people bring in: the file, its rows and what came of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from common.models import Public, Timestamped
from firms.models.organizations import Organization


class SpreadsheetState(models.TextChoices):
    """How far a spreadsheet has come."""

    READING = "reading", _("Leyendo el archivo")
    MAPPING = "mapping", _("Faltan las columnas")
    CHECKING = "checking", _("Revisando las filas")
    CHECKED = "checked", _("Lista para importar")
    HELD = "held", _("Espera la revisión del equipo")
    RUNNING = "running", _("Importando")
    FINISHED = "finished", _("Importada")
    CANCELLED = "cancelled", _("Cancelada")
    UNDOING = "undoing", _("Deshaciendo")
    UNDONE = "undone", _("Deshecha")
    FAILED = "failed", _("No se pudo leer")


class Fate(models.TextChoices):
    """What will become of a row, as far as its check could tell."""

    CREATE = "create", _("Se crea")
    UPDATE = "update", _("Actualiza una suya")
    UNCHANGED = "unchanged", _("Ya está igual")
    ALIKE = "alike", _("Se parece a otra")
    REJECT = "reject", _("No se puede importar")


class RowChoice(models.TextChoices):
    """What a person says of a row that looks like an organization that exists."""

    SAME = "same", _("Es la misma")
    DIFFERENT = "different", _("Es otra")
    SKIP = "skip", _("Dejarla fuera")


class Outcome(models.TextChoices):
    """What became of a row."""

    CREATED = "created", _("Creada")
    UPDATED = "updated", _("Actualizada")
    UNCHANGED = "unchanged", _("Sin cambios")
    RECOGNIZED = "recognized", _("Reconocida, sin tocarla")
    SKIPPED = "skipped", _("Dejada fuera")
    REJECTED = "rejected", _("No importada")
    REMOVED = "removed", _("Deshecha: se quitó")
    RESTORED = "restored", _("Deshecha: volvió a lo anterior")
    KEPT = "kept", _("No se pudo deshacer")


class Spreadsheet(Public):
    """A file of organizations, brought by a person for an organization, perhaps into a cluster."""

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        verbose_name=_("quién la trajo"),
        related_name="spreadsheets",
    )
    owner = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("en nombre de"),
        related_name="spreadsheets",
    )
    cluster = models.ForeignKey(
        Cluster,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("clúster"),
        related_name="spreadsheets",
    )
    file_name = models.CharField(_("archivo"), max_length=250)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(
        _("estado"),
        max_length=10,
        choices=SpreadsheetState.choices,
        default=SpreadsheetState.READING,
    )
    dialect = models.JSONField(_("cómo está escrito"), default=dict, blank=True)
    header = models.JSONField(_("columnas"), default=list, blank=True)
    mapping = models.JSONField(_("qué es cada columna"), default=dict, blank=True)
    rows_total = models.PositiveIntegerField(_("filas"), default=0)
    rows_done = models.PositiveIntegerField(_("filas hechas"), default=0)
    error = models.CharField(_("error"), max_length=250, blank=True)
    finished_at = models.DateTimeField(_("terminada"), null=True, blank=True)

    class Meta:
        verbose_name = _("planilla")
        verbose_name_plural = _("planillas")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")),
                name="spreadsheet_progress_within_total",
                violation_error_message=_("No se hacen más filas que las del archivo."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SpreadsheetState.FAILED) | ~Q(error=""),
                name="spreadsheet_failed_says_why",
                violation_error_message=_("Una planilla que no se pudo leer dice por qué."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "content_hash"], name="spreadsheet_by_content"),
        ]

    def __str__(self) -> str:
        return self.file_name


class SpreadsheetRow(models.Model):
    """A row as it stands in the file (and as corrected), what it means, and what came of it."""

    spreadsheet = models.ForeignKey(Spreadsheet, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("fila"))
    cells = models.JSONField(_("celdas"))
    formulas = models.JSONField(_("columnas con fórmula"), default=list, blank=True)
    fault = models.CharField(_("defecto de lectura"), max_length=10, blank=True)
    fate = models.CharField(_("destino"), max_length=9, choices=Fate.choices, blank=True)
    key = models.CharField(_("clave"), max_length=120, blank=True)
    number_key = models.CharField(_("clave del número"), max_length=80, blank=True)
    values = models.JSONField(_("datos entendidos"), default=dict, blank=True)
    problems = models.JSONField(_("motivos"), default=list, blank=True)
    alike = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    choice = models.CharField(
        _("qué se decidió"), max_length=9, choices=RowChoice.choices, blank=True
    )
    outcome = models.CharField(_("resultado"), max_length=10, choices=Outcome.choices, blank=True)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="spreadsheet_rows"
    )
    written_revision = models.PositiveIntegerField(null=True, blank=True)
    before = models.JSONField(_("lo que había antes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("fila")
        verbose_name_plural = _("filas")
        ordering: ClassVar = ["spreadsheet", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["spreadsheet", "number"],
                name="spreadsheet_row_once",
                violation_error_message=_("Esa fila ya está."),
            )
        ]
        indexes = [
            models.Index(fields=["spreadsheet", "fate", "number"], name="spreadsheet_row_by_fate"),
            models.Index(fields=["spreadsheet", "key"], name="spreadsheet_row_by_key"),
            models.Index(fields=["spreadsheet", "number_key"], name="spreadsheet_row_by_number"),
            models.Index(
                fields=["spreadsheet", "outcome", "number"], name="spreadsheet_row_by_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spreadsheet} {self.number}"


class ColumnMemory(Timestamped):
    """What a person said the columns of files with one header are, for the next such file."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="remembered_columns"
    )
    owner = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="remembered_columns"
    )
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(_("qué es cada columna"))

    class Meta:
        verbose_name = _("columnas recordadas")
        verbose_name_plural = _("columnas recordadas")
        ordering: ClassVar = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "signature"],
                name="column_memory_once",
                violation_error_message=_("Esas columnas ya se recuerdan."),
            )
        ]

    def __str__(self) -> str:
        return self.signature[:12]

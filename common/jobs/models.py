"""The record of work: rows written in the transaction of the change that asks for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

NORMAL_PRIORITY = 5


class Queue(models.TextChoices):
    """Who does a job: people wait for FAST, nobody for BULK; PARSE reads untrusted files."""

    FAST = "fast", _("Rápida")
    BULK = "bulk", _("Masiva")
    PARSE = "parse", _("Lectura de archivos")


class Leased(models.Model):
    """A row that one worker at a time holds, for a limited time, by the database's clock."""

    attempts = models.PositiveSmallIntegerField(_("intentos"), db_default=0)
    run_after = models.DateTimeField(_("no antes de"), db_default=Now())
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    dead_at = models.DateTimeField(_("apartada"), null=True, blank=True)
    last_error = models.TextField(_("último error"), blank=True, db_default="")
    created_at = models.DateTimeField(_("creada"), db_default=Now())

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(lease_token__isnull=True, lease_until__isnull=True)
                | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="%(class)s_lease_whole",
                violation_error_message=_("Una reserva tiene dueño y vencimiento."),
            ),
        ]


class Job(Leased):
    """Work asked for by a committed change: which service, for which row, at which revision."""

    kind = models.CharField(_("trabajo"), max_length=40)
    key = models.BigIntegerField(_("clave"))
    revision = models.BigIntegerField(_("revisión"), db_default=0)
    queue = models.CharField(_("cola"), max_length=8, choices=Queue.choices)
    payload = models.JSONField(default=dict, blank=True)
    actor_id = models.BigIntegerField(_("quién lo pidió"), null=True, blank=True)
    priority = models.SmallIntegerField(_("prioridad"), db_default=NORMAL_PRIORITY)
    progress_done = models.PositiveIntegerField(_("hechos"), db_default=0)
    progress_total = models.PositiveIntegerField(_("en total"), null=True, blank=True)
    started_at = models.DateTimeField(_("empezada"), null=True, blank=True)
    done_at = models.DateTimeField(_("terminada"), null=True, blank=True)

    class Meta:
        verbose_name = _("trabajo")
        verbose_name_plural = _("trabajos")
        ordering: ClassVar = ["pk"]
        constraints = [
            *Leased.Meta.constraints,
            # The rule of common.jobs.queue: a change may lean on a job that nobody has begun.
            models.UniqueConstraint(
                fields=["kind", "key", "revision"],
                condition=Q(started_at__isnull=True, done_at__isnull=True, dead_at__isnull=True),
                name="job_waiting_once",
                violation_error_message=_("Ese trabajo ya está en espera."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dead_at__isnull=True),
                name="job_done_or_parked",
                violation_error_message=_("Un trabajo terminado no está apartado."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, dead_at__isnull=True)
                | Q(lease_token__isnull=True),
                name="job_closed_has_no_lease",
                violation_error_message=_("Un trabajo cerrado no tiene reserva."),
            ),
            models.CheckConstraint(
                condition=Q(progress_total__isnull=True)
                | Q(progress_done__lte=F("progress_total")),
                name="job_progress_within_total",
                violation_error_message=_("No se hace más de lo que hay."),
            ),
            models.CheckConstraint(
                condition=Q(queue__in=Queue.values),
                name="job_queue_known",
                violation_error_message=_("Esa cola no existe."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["queue", "priority", "run_after", "id"],
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
                name="job_open",
            ),
            models.Index(fields=["kind", "key", "-id"], name="job_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Effect(Leased):
    """Something to be done outside the database, once: a mail to hand to its transport."""

    kind = models.CharField(_("efecto"), max_length=40)
    dedup = models.CharField(max_length=250, unique=True)
    message_id = models.CharField(max_length=250, unique=True)
    recipient = models.CharField(_("para"), max_length=254, blank=True, db_default="")
    payload = models.JSONField(default=dict, blank=True)
    # A password mail that may have left is sent again, under the same Message-ID; a digest is not.
    resend_safe = models.BooleanField(db_default=True)
    sent_at = models.DateTimeField(_("enviada"), null=True, blank=True)
    unknown_at = models.DateTimeField(_("sin saber si salió"), null=True, blank=True)

    class Meta:
        verbose_name = _("efecto")
        verbose_name_plural = _("efectos")
        ordering: ClassVar = ["pk"]
        constraints = [
            *Leased.Meta.constraints,
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, unknown_at__isnull=True)
                | Q(sent_at__isnull=True, dead_at__isnull=True)
                | Q(unknown_at__isnull=True, dead_at__isnull=True),
                name="effect_one_outcome",
                violation_error_message=_("Un efecto tiene un solo final."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, unknown_at__isnull=True, dead_at__isnull=True)
                | Q(lease_token__isnull=True),
                name="effect_closed_has_no_lease",
                violation_error_message=_("Un efecto cerrado no tiene reserva."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_after", "id"],
                condition=Q(sent_at__isnull=True, unknown_at__isnull=True, dead_at__isnull=True),
                name="effect_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class ScheduleRun(models.Model):
    """A period of periodic work that was taken: whoever inserts the row runs it."""

    name = models.CharField(_("nombre"), max_length=40)
    period_start = models.DateTimeField(_("desde"))
    created_at = models.DateTimeField(_("creada"), db_default=Now())

    class Meta:
        ordering: ClassVar = ["-period_start", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "period_start"],
                name="schedule_run_once_per_period",
                violation_error_message=_("Ese período ya se tomó."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period_start:%Y-%m-%d %H:%M}"

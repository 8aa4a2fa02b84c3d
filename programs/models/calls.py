"""Dated openings of programs."""

import datetime as dt
from collections.abc import Collection
from typing import ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit
from common.history import tracked
from common.models import Language, Public
from programs.models.programs import Program, ProgramStatus

MICROSECOND = dt.timedelta(microseconds=1)


class CallStatus(models.TextChoices):
    """What the agency decided; whether it is open also depends on the instant."""

    DRAFT = "draft", _("Borrador")
    FORECAST = "forecast", _("Prevista, sin fechas")
    PUBLISHED = "published", _("Publicada")
    CANCELLED = "cancelled", _("Anulada")


def validate_time_zone(name: str) -> None:
    """Refuse a time zone that this machine does not know."""
    if name not in available_timezones():
        raise ValidationError(_("No conocemos esa zona horaria."), code="time_zone")


class CallQuerySet(models.QuerySet["Call"]):
    """Named sets of calls. A call is open in ``[opens_at, closes_at)``; an absent end is open."""

    def public(self) -> Self:
        """Keep those that anybody may see."""
        return self.exclude(status=CallStatus.DRAFT).exclude(program__status=ProgramStatus.DRAFT)

    def open_on(self, now: dt.datetime) -> Self:
        """Keep those that take applications at an instant."""
        return self._running(now).filter(
            Q(opens_at__isnull=True) | Q(opens_at__lte=now), status=CallStatus.PUBLISHED
        )

    def upcoming_on(self, now: dt.datetime) -> Self:
        """Keep those that will open: dated later, or forecast without dates."""
        later = Q(status=CallStatus.PUBLISHED, opens_at__gt=now)
        return self._running(now).filter(later | Q(status=CallStatus.FORECAST))

    def live_on(self, now: dt.datetime) -> Self:
        """Keep those worth preparing for: open or still to open."""
        return self._running(now).filter(status__in=(CallStatus.PUBLISHED, CallStatus.FORECAST))

    def closed_on(self, now: dt.datetime) -> Self:
        """Keep the public ones that take no applications any more."""
        return self.public().exclude(pk__in=self.model.objects.live_on(now).values("pk"))

    def _running(self, now: dt.datetime) -> Self:
        return self.filter(
            Q(closes_at__isnull=True) | Q(closes_at__gt=now),
            program__status=ProgramStatus.PUBLISHED,
        )

    def in_territory(self, unit: AdminUnit) -> Self:
        """Keep those of programs that cover a division, its own, above it or inside it."""
        return self.filter(program__in=Program.objects.in_territory(unit).values("pk"))

    def bump_rules(self, keys: Collection[int]) -> int:
        """Raise the revision of the rules of some calls, so that stored verdicts are stale."""
        return self.filter(pk__in=keys).update(rules_revision=F("rules_revision") + 1)

    def soonest_first(self) -> Self:
        """Order by closing instant; those without one come last."""
        return self.order_by(F("closes_at").asc(nulls_last=True), "-opens_at", "pk")


@tracked("program", key="program_id", item=("call", "id"), noise=("rules_revision",))
class Call(Public):
    """One opening of a program: when, how much, and (in its criteria) for whom."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="calls")
    title = models.CharField(_("título"), max_length=300)
    number = models.CharField(_("número"), max_length=60, blank=True)
    language = models.CharField(
        _("idioma del texto"), max_length=2, choices=Language.choices, default=Language.ES
    )
    summary = models.TextField(_("a quién se dirige, en breve"), max_length=1_200, blank=True)
    status = models.CharField(
        _("estado"), max_length=10, choices=CallStatus.choices, default=CallStatus.DRAFT
    )
    opens_at = models.DateTimeField(_("abre"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("cierra"), null=True, blank=True, help_text=_("Primer instante en que ya no se recibe.")
    )
    time_zone = models.CharField(
        _("zona horaria"), max_length=50, default="UTC", validators=[validate_time_zone]
    )
    is_continuous = models.BooleanField(_("recibe todo el año"), default=False)
    next_opening = models.CharField(_("próxima apertura"), max_length=160, blank=True)
    url = models.URLField(_("página oficial"), max_length=500, blank=True)
    rules_url = models.URLField(_("bases"), max_length=500, blank=True)
    budget = models.DecimalField(
        _("presupuesto total"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    award_min = models.DecimalField(
        _("monto mínimo"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    award_max = models.DecimalField(
        _("monto máximo"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    rate = models.DecimalField(
        _("porcentaje que cubre"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount_note = models.CharField(_("sobre el monto"), max_length=300, blank=True)
    source = models.CharField(_("fuente"), max_length=60, blank=True)
    source_ref = models.CharField(_("referencia en la fuente"), max_length=160, blank=True)
    is_illustration = models.BooleanField(
        default=False, help_text="Dated to show the product; not a real opening."
    )
    rules_revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("convocatoria")
        verbose_name_plural = _("convocatorias")
        ordering: ClassVar = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="call_has_a_title",
                violation_error_message=_("Escriba el título."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
                violation_error_message=_("El cierre va después de la apertura."),
            ),
            models.CheckConstraint(
                condition=Q(is_continuous=False) | Q(closes_at__isnull=True),
                name="call_continuous_has_no_close",
                violation_error_message=_("Una ventanilla permanente no tiene cierre."),
            ),
            models.CheckConstraint(
                condition=~Q(status=CallStatus.FORECAST)
                | Q(opens_at__isnull=True, closes_at__isnull=True),
                name="call_forecast_has_no_dates",
                violation_error_message=_("Una convocatoria con fechas ya se puede publicar."),
            ),
            models.CheckConstraint(
                condition=(Q(budget__isnull=True) | Q(budget__gt=0))
                & (Q(award_min__isnull=True) | Q(award_min__gt=0))
                & (Q(award_max__isnull=True) | Q(award_max__gt=0)),
                name="call_amounts_positive",
                violation_error_message=_("Los montos son mayores que cero."),
            ),
            models.CheckConstraint(
                condition=Q(award_min__isnull=True)
                | Q(award_max__isnull=True)
                | Q(award_max__gte=F("award_min")),
                name="call_awards_in_order",
                violation_error_message=_("El monto máximo es menor que el mínimo."),
            ),
            models.CheckConstraint(
                condition=~Q(currency="")
                | Q(budget__isnull=True, award_min__isnull=True, award_max__isnull=True),
                name="call_amounts_have_currency",
                violation_error_message=_("Diga en qué moneda están los montos."),
            ),
            models.CheckConstraint(
                condition=Q(rate__isnull=True) | Q(rate__gt=0, rate__lte=100),
                name="call_rate_is_a_percentage",
                violation_error_message=_("El porcentaje va de 0 a 100."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="call_unique_in_source",
                violation_error_message=_("Esa referencia de la fuente ya está registrada."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "closes_at", "opens_at"], name="call_by_dates"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_status(self) -> CallStatus:
        """What it is once shown: published if anything is known of its dates, else forecast."""
        has_dates = self.opens_at or self.closes_at or self.is_continuous
        return CallStatus.PUBLISHED if has_dates else CallStatus.FORECAST

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the agency counts its days."""
        return ZoneInfo(self.time_zone)

    def today(self, now: dt.datetime) -> dt.date:
        """The day at an instant, where the agency is."""
        return now.astimezone(self.zone).date()

    @property
    def last_moment(self) -> dt.datetime | None:
        """The last instant at which it is open, in its own zone."""
        return (self.closes_at - MICROSECOND).astimezone(self.zone) if self.closes_at else None

    @property
    def closes_at_midnight(self) -> bool:
        """Whether the whole last day counts, so that no hour need be shown."""
        return bool(self.closes_at and self.closes_at.astimezone(self.zone).time() == dt.time.min)

    def is_open(self, now: dt.datetime) -> bool:
        """Say for this row what ``open_on`` says for a set."""
        return (
            self.status == CallStatus.PUBLISHED
            and self.program.status == ProgramStatus.PUBLISHED
            and (self.opens_at is None or self.opens_at <= now)
            and (self.closes_at is None or now < self.closes_at)
        )

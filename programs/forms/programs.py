"""The forms of a program and of a call."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import Organization
from programs.catalog import no_places, places_of_country, time_zone_of
from programs.models import Call, CallStatus, Instrument, Program
from programs.phrases.calls import place_of_zone

ZONES = (
    "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota", "America/Caracas",
    "America/Costa_Rica", "America/El_Salvador", "America/Guatemala", "America/Guayaquil",
    "America/Havana", "America/La_Paz", "America/Lima", "America/Managua", "America/Manaus",
    "America/Mexico_City", "America/Montevideo", "America/Panama", "America/Punta_Arenas",
    "America/Santiago", "America/Santo_Domingo", "America/Sao_Paulo", "America/Tegucigalpa",
    "America/Tijuana", "Atlantic/Canary", "Europe/Lisbon", "Europe/Madrid", "UTC",
)  # fmt: skip
CURRENCIES = (
    "ARS", "BOB", "BRL", "CLP", "COP", "CRC", "CUP", "DOP", "EUR", "GTQ", "HNL", "MXN", "NIO",
    "PAB", "PEN", "PYG", "USD", "UYU", "VES",
)  # fmt: skip

# Only type checkers see which model a form is of: the class cannot be subscripted when it runs.
if TYPE_CHECKING:
    _ProgramForm = forms.ModelForm[Program]
    _CallForm = forms.ModelForm[Call]
else:
    _ProgramForm = _CallForm = forms.ModelForm


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def _address(label: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https")


class ProgramForm(_ProgramForm):
    """What a program is, for whom and where."""

    instruments = forms.MultipleChoiceField(
        label=_("Qué entrega"),
        choices=Instrument.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    territories = forms.ModelMultipleChoiceField(
        queryset=no_places(),
        label=_("Dónde se aplica"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("El territorio del beneficio, no el de la agencia."),
    )

    url = _address(_("Página oficial"))

    class Meta:
        model = Program
        fields = (
            "label_es",
            "objective_es",
            "policy_role",
            "instruments",
            "territories",
            "recurrence",
            "url",
            "legal_basis",
            "label_pt",
            "objective_pt",
            "label_en",
            "objective_en",
        )
        labels = {"label_es": _("Nombre"), "objective_es": _("Para qué sirve")}
        widgets = {
            "objective_es": forms.Textarea(attrs={"rows": 3}),
            "objective_pt": forms.Textarea(attrs={"rows": 3}),
            "objective_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, agency: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        places = self.fields["territories"]
        if isinstance(places, forms.ModelMultipleChoiceField):
            places.queryset = places_of_country(agency.country)
        for name in ("label_es", "objective_es", "policy_role"):
            self.fields[name].required = True
        if self.instance.pk:
            codes = self.instance.territories.values_list("code", flat=True)
            self.initial["territories"] = list(codes)

    def content(self) -> tuple[Program, Any]:
        """Return the program and its territories, for the service to keep."""
        return self.instance, self.cleaned_data["territories"]


class CallForm(_CallForm):
    """When a call runs, what it gives, and where its terms are."""

    opens_on = _day(_("Abre el"))
    closes_on = _day(_("Último día"), _("Cuenta entero, salvo que ponga una hora de cierre."))
    closes_time = forms.TimeField(
        label=_("Hora de cierre"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    time_zone = forms.ChoiceField(
        label=_("Hora de"), choices=[(name, place_of_zone(name)) for name in ZONES]
    )
    currency = forms.ChoiceField(
        label=_("Moneda"), required=False, choices=[("", "—"), *((c, c) for c in CURRENCIES)]
    )

    url = _address(_("Página oficial"))
    rules_url = _address(_("Bases"))

    class Meta:
        model = Call
        fields = (
            "title",
            "number",
            "language",
            "summary",
            "is_continuous",
            "time_zone",
            "next_opening",
            "award_min",
            "award_max",
            "budget",
            "currency",
            "rate",
            "amount_note",
            "url",
            "rules_url",
        )
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "next_opening": _("Si aún no hay fechas, qué se sabe: «en marzo», «cada año»."),
            "is_continuous": _("Sin fecha de cierre."),
        }

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program = program
        call = self.instance
        if call._state.adding:
            self.initial.setdefault("time_zone", time_zone_of(program))
        if call.opens_at:
            self.initial["opens_on"] = call.opens_at.astimezone(call.zone).date()
        if call.closes_at and call.last_moment:
            local = call.closes_at.astimezone(call.zone)
            self.initial["closes_on"] = call.last_moment.date()
            self.initial["closes_time"] = None if call.closes_at_midnight else local.time()

    def clean(self) -> dict[str, Any]:
        """Turn days and hour into instants of the agency's zone."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        zone = ZoneInfo(given.get("time_zone") or "UTC")
        opens, closes = given.get("opens_on"), given.get("closes_on")
        hour = given.get("closes_time")
        if hour and not closes:
            self.add_error("closes_on", _("Diga también el último día."))
        self.instance.opens_at = dt.datetime.combine(opens, dt.time(), zone) if opens else None
        self.instance.closes_at = _end(closes, hour, zone) if closes else None
        if self.instance.status in (CallStatus.PUBLISHED, CallStatus.FORECAST):
            self.instance.status = self.instance.public_status
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("El cierre va después de la apertura."))
        if given.get("is_continuous") and closes:
            self.add_error("closes_on", _("Una ventanilla permanente no tiene cierre."))
        return given


def _end(day: dt.date, hour: dt.time | None, zone: ZoneInfo) -> dt.datetime:
    """Return the first instant after the last one that counts."""
    if hour:
        return dt.datetime.combine(day, hour, zone)
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)

"""When a call closes and what it gives, in words."""

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_time
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from programs.models import Call, CallStatus, ProgramStatus

SOON_DAYS = 30


@dataclass(frozen=True)
class When:
    """A call's dates as shown: a short word for the eye, a sentence for the mind, a tone."""

    short: str
    sentence: str
    tone: str = ""


def when(call: Call, now: dt.datetime) -> When:
    """Say whether a call is open and until when, in its own zone."""
    if call.status == CallStatus.CANCELLED:
        return When(_("Anulada"), _("La agencia anuló esta convocatoria."), "no")
    if call.program.status == ProgramStatus.RETIRED:
        return When(_("Terminado"), _("El programa terminó."), "no")
    if call.status == CallStatus.DRAFT:
        return When(_("Borrador"), _("Todavía no está publicada."))
    if call.status == CallStatus.FORECAST:
        said = call.next_opening or _("Sin fecha anunciada")
        return When(_("Por abrir"), said, "near")
    if call.closes_at and call.closes_at <= now:
        return When(_("Cerrada"), _("Cerró el %(day)s") % {"day": _moment(call)}, "no")
    if call.opens_at and call.opens_at > now:
        return _opening(call, call.opens_at, now)
    return _open(call, now)


def _opening(call: Call, opens_at: dt.datetime, now: dt.datetime) -> When:
    day = opens_at.astimezone(call.zone).date()
    text = _("Abre %(when)s") % {"when": _relative(day, call.today(now))}
    return When(text, _("Abre el %(day)s") % {"day": formats.day(day)}, "near")


def _open(call: Call, now: dt.datetime) -> When:
    if call.is_continuous:
        return When(_("Abierta todo el año"), _("Recibe postulaciones todo el año"), "yes")
    last = call.last_moment
    if last is None:
        return When(
            _("Sin fecha de cierre publicada"),
            _("La fuente no publica el cierre: confirme en las bases que sigue abierta"),
            "near",
        )
    short = _("Cierra %(when)s") % {"when": _relative(last.date(), call.today(now))}
    is_soon = (last.date() - call.today(now)).days <= SOON_DAYS
    return When(
        short, _("Cierra el %(day)s") % {"day": _moment(call)}, "near" if is_soon else "yes"
    )


def _relative(day: dt.date, today: dt.date) -> str:
    days = (day - today).days
    if days == 0:
        return _("hoy")
    if days == 1:
        return _("mañana")
    return ngettext("en %(days)s día", "en %(days)s días", days) % {"days": days}


def _moment(call: Call) -> str:
    """Write the last day, and the hour if not the whole day counts, with the place of the clock."""
    if call.closes_at is None or call.last_moment is None:
        return ""
    zone = {"day": formats.day(call.last_moment.date()), "zone": place_of_zone(call.time_zone)}
    if call.closes_at_midnight:
        return _("%(day)s, hora de %(zone)s") % zone
    local = call.closes_at.astimezone(call.zone)
    hour = format_time(local, format="short", locale=formats.reader_locale())
    return _("%(day)s a las %(hour)s, hora de %(zone)s") % (zone | {"hour": hour})


def place_of_zone(name: str) -> str:
    """Name a time zone by its city, as people do."""
    return ZONES.get(name) or name.rpartition("/")[2].replace("_", " ")


ZONES = {
    "America/Mexico_City": "Ciudad de México",
    "America/Bogota": "Bogotá",
    "America/Sao_Paulo": "São Paulo",
    "America/Asuncion": "Asunción",
    "America/Panama": "Panamá",
    "Atlantic/Canary": "Canarias",
    "Europe/Lisbon": "Lisboa",
}


def amount(call: Call) -> str:
    """Say what one applicant may get, else what the call gives out in all, else nothing."""
    low, high, money = call.award_min, call.award_max, formats.money
    if low and high:
        values = {"low": money(low, call.currency), "high": money(high, call.currency)}
        return _("De %(low)s a %(high)s") % values
    if high:
        return _("Hasta %(high)s") % {"high": money(high, call.currency)}
    if low:
        return _("Desde %(low)s") % {"low": money(low, call.currency)}
    if call.budget:
        return _("%(budget)s en total") % {"budget": money(call.budget, call.currency)}
    return ""

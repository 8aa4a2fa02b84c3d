"""What the steps of a registration are called, and its answers in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.forms.wizard.whole import (
    ACTIVITY,
    IDENTITY,
    KIND,
    PLACE,
    PROFILE,
    REVIEW,
    Registration,
)
from firms.models import AdministrativeLevel, OrganizationKind, Precision, SizeClass

if TYPE_CHECKING:  # the promise of a translation has no type at run time
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Head:
    """A step's short name, its question and one sentence about it."""

    name: "_StrPromise"
    title: "_StrPromise"
    lead: "_StrPromise"


HEADS = {
    IDENTITY: Head(
        gettext_lazy("Cuál es"),
        gettext_lazy("Registre su organización"),
        gettext_lazy("Cinco minutos, seis pasos. Cada paso queda guardado."),
    ),
    KIND: Head(
        gettext_lazy("Qué es"),
        gettext_lazy("¿Qué tipo de organización es?"),
        gettext_lazy("De esto depende lo poco que preguntamos después."),
    ),
    ACTIVITY: Head(
        gettext_lazy("Qué hace"),
        gettext_lazy("¿Qué hace?"),
        gettext_lazy("Escríbalo con sus palabras y confirme las actividades que propone la lista."),
    ),
    PLACE: Head(
        gettext_lazy("Dónde"),
        gettext_lazy("¿Dónde está?"),
        gettext_lazy("Basta con la ciudad. Un punto en el mapa ayuda a encontrar lo cercano."),
    ),
    PROFILE: Head(
        gettext_lazy("Cómo es"),
        gettext_lazy("¿Cómo es?"),
        gettext_lazy("Todo aquí se puede dejar para después."),
    ),
    REVIEW: Head(
        gettext_lazy("Revisar"),
        gettext_lazy("¿Está todo bien?"),
        gettext_lazy("Nada se publica hasta que pulse el botón."),
    ),
}


@dataclass(frozen=True)
class Fact:
    """One line of the review: what was asked, what was answered, where to change it."""

    step: str
    label: str
    value: str


def facts_of(registration: Registration) -> list[Fact]:
    """Return the answers of a finished registration in the reader's language."""
    identity, activity = registration.given(IDENTITY), registration.given(ACTIVITY)
    number = registration.number
    labels = (str(entry.label) for entry in activity["activities"])
    facts = [
        Fact(IDENTITY, _("País"), str(identity["country"])),
        Fact(IDENTITY, _("Número tributario"), number.value if number else _("Todavía no tiene")),
        Fact(IDENTITY, _("Nombre"), identity["legal_name"]),
        Fact(KIND, _("Tipo"), str(OrganizationKind(registration.given(KIND)["kind"]).label)),
        Fact(ACTIVITY, _("Qué hace"), activity["one_line"]),
        Fact(ACTIVITY, _("Actividades"), "; ".join(labels)),
        Fact(PLACE, _("Dónde"), _place_words(registration)),
    ]
    return [*facts, *_profile_facts(registration.given(PROFILE))]


def _place_words(registration: Registration) -> str:
    place = registration.place()
    names = [place.address, place.city.name if place.city else "", str(place.admin_unit)]
    where = ", ".join(name for name in names if name)
    return _("%(place)s (precisión: %(precision)s)") % {
        "place": where,
        "precision": str(Precision(place.precision).label).lower(),
    }


def _profile_facts(given: dict[str, Any]) -> list[Fact]:
    said = [
        (_("Tamaño"), SizeClass(given["size_class"]).label if given.get("size_class") else ""),
        (_("Nombre comercial"), given.get("trade_name")),
        (_("Sigla"), given.get("acronym")),
        (_("Inicio de actividades"), given.get("activity_start_on")),
        (_("Socios"), given.get("member_count")),
        (_("Nivel de gobierno"), _level(given)),
        (_("Territorio de su competencia"), _listed(given.get("agency_units"))),
        (_("Sitio web"), given.get("website")),
        (_("Código ROR"), given["ror"].value if given.get("ror") else ""),
        (_("Pide entrar a"), _listed(given.get("clusters"))),
    ]
    return [Fact(PROFILE, label, str(value)) for label, value in said if value not in (None, "")]


def _level(given: dict[str, Any]) -> str:
    level = given.get("agency_level")
    return str(AdministrativeLevel(level).label) if level else ""


def _listed(rows: Any) -> str:
    return "; ".join(str(row) for row in rows or ())

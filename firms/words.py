"""Words for what a profile lacks, and why telling it helps."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.completeness import Helps, Item

NAMES = {
    "activities": _("sus actividades"),
    "site": _("dónde trabaja"),
    "one_line": _("qué hace, en una línea"),
    "size_class": _("su tamaño"),
    "activity_start_on": _("su inicio de actividades"),
    "service_area": _("hasta dónde atiende"),
    "description": _("una descripción"),
    "capabilities": _("lo que sabe hacer y sus equipos"),
    "certificates": _("sus certificados"),
    "headcount": _("cuántas personas trabajan"),
    "annual_figures": _("sus ventas por tramo"),
    "research_groups": _("sus grupos de investigación"),
    "technical_services": _("sus servicios técnicos"),
    "tech_transfer": _("su oficina de transferencia"),
    "agency": _("su nivel y su territorio"),
    "association": _("a cuántos representa"),
    "registrations": _("sus inscripciones en registros"),
    "founded_on": _("su fecha de constitución"),
    "markets": _("a qué mercados vende"),
    "website": _("su sitio web"),
    "role_email": _("un buzón de contacto"),
    "languages": _("los idiomas en que trabaja"),
}
REASONS = {
    Helps.MATCHES: _("Le encontramos más coincidencias, y más cercanas."),
    Helps.PROGRAMS: _("Podemos decirle a más programas si puede postular."),
    Helps.TRUST: _("Quien la busque sabrá que es real y cómo escribirle."),
    Helps.FOUND: _("La encontrarán más personas en el directorio."),
}


@dataclass(frozen=True)
class Advice:
    """What to tell next, why, and in which section."""

    name: Any
    reason: Any
    section: str


def why_tell(item: Item) -> Advice:
    """Say what an item is and why telling it helps."""
    return Advice(NAMES[item.name], REASONS[item.helps], item.section)

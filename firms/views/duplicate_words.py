"""Why two records look like one, and what they say, in the reader's words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import kilometers
from firms.duplicates import SURE

EQUAL, CLOSE, APART = 0.95, 0.8, 0.6
LIKELY = 0.75


@dataclass(frozen=True)
class Said:
    """A reason as a sentence; ``speaks`` is "yes" for being one, "no" against, else "near"."""

    speaks: str
    text: str


def reasons_of(reasons: list[Mapping[str, Any]]) -> list[Said]:
    """Return the reasons that tell a person something, strongest first."""
    return [said for reason in reasons if (said := _say(reason)) is not None]


def likeness_of(score: float) -> str:
    """Return how sure the comparison is, in words."""
    if score >= SURE:
        return _("Muy probable")
    return _("Probable") if score >= LIKELY else _("Posible")


def _say(reason: Mapping[str, Any]) -> Said | None:
    value, name = float(reason["value"]), reason["feature"]
    if name == "name":
        return _name(value)
    if name == "host" and value == 1:
        return Said("yes", _("Usan el mismo dominio: %(host)s.") % {"host": reason.get("host", "")})
    if name == "near" and "km" in reason:
        text = _("Sus sedes más cercanas están a %(km)s.") % {"km": kilometers(reason["km"])}
        return Said("yes" if value >= APART else "near", text)
    if name == "rest":
        return Said("no", str(_AGAINST[name])) if value < APART else None
    side, table = ("yes", _FOR) if value == 1 else ("no", _AGAINST)
    return Said(side, str(table[name])) if name in table else None


def _name(value: float) -> Said:
    if value >= EQUAL:
        return Said("yes", _("Se llaman igual, aparte de la forma jurídica."))
    if value >= CLOSE:
        return Said("yes", _("Sus nombres se parecen mucho."))
    return Said("near", _("Sus nombres se parecen en parte."))


_FOR = {
    "number": gettext_lazy("Tienen el mismo número de identificación."),
    "email": gettext_lazy("Tienen el mismo correo de contacto."),
}
_AGAINST = {
    "number": gettext_lazy("Sus números de identificación son distintos."),
    "host": gettext_lazy("Sus sitios web son distintos."),
    "rest": gettext_lazy("Una palabra que los distingue no coincide."),
    "nature": gettext_lazy("Son organizaciones de distinta naturaleza."),
}


def shown(value: Any, choices: Mapping[Any, Any] | None = None) -> Any:
    """Return a value of a field as people read it; "" for nothing."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(shown(each, choices)) for each in value)
    if isinstance(value, dt.date):
        return value
    return (choices or {}).get(value, value)

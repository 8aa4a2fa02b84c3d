"""National rules by which an organization's size is declared.

Each code names a rule that a country publishes; thresholds are not kept here.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

RULES: Mapping[str, tuple[str, Any]] = {
    "ar-sepyme": ("AR", _("Argentina: certificado MiPyME")),
    "br-lc123": ("BR", _("Brasil: Ley Complementaria 123/2006")),
    "cl-20416": ("CL", _("Chile: Ley 20.416, por ventas en UF")),
    "co-957": ("CO", _("Colombia: Decreto 957 de 2019, por ingresos en UVT")),
    "cr-8262": ("CR", _("Costa Rica: condición PYME, Ley 8262")),
    "ec-can": ("EC", _("Ecuador: Decisión 702 de la Comunidad Andina")),
    "mx-2009": ("MX", _("México: estratificación de 2009")),
    "pe-30056": ("PE", _("Perú: Ley 30056, por ventas en UIT")),
    "uy-504": ("UY", _("Uruguay: Decreto 504/007")),
    "eu-2003-361": ("EU", _("Unión Europea: Recomendación 2003/361/CE")),
    "other": ("", _("Otra norma")),
}
EUROPEAN = ("ES", "PT")


def size_rules(country_code: str) -> list[tuple[str, Any]]:
    """Return the rules of a country as choices, all of them when no country is named."""
    home = "EU" if country_code in EUROPEAN else country_code
    return [
        (code, label)
        for code, (country, label) in RULES.items()
        if not home or country in {home, ""}
    ]


def size_rule_name(code: str) -> Any:
    """Return the name of a rule, or its code when it is not known here."""
    return RULES[code][1] if code in RULES else code

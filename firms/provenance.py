"""Where imported records come from, in the words that their licenses ask for."""

from django.utils.translation import gettext_lazy as _

SOURCES = {
    "pt-base": _("BASE, el portal de contratos públicos de Portugal (datos abiertos del IMPIC)"),
    "mx-retc": _("el registro RETC de México (datos abiertos de la SEMARNAT, 2022)"),
    "demo": _("el mundo de ejemplo: no existe"),
    "spreadsheet": _("una lista que trajo su clúster, su gremio o el equipo"),
    "ror": _("ROR, el registro de organizaciones de investigación (licencia CC0)"),
}


def source_name(code: str) -> str:
    """Return the name of a source and its license, or the code of one that is not described."""
    return str(SOURCES.get(code, code))

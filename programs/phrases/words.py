"""Words of closed lists in the reader's language, spans, and lists joined into a phrase."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firms.models import OrganizationKind, SizeClass
from programs.eligibility.durations import Duration

SHOWN = 6


def listed(names: list[str]) -> str:
    """Join names with commas and "or"; a long list is cut with a count of the rest."""
    if len(names) <= SHOWN:
        return get_text_list(names, _("o"))
    rest = len(names) - SHOWN
    more = ngettext("%(count)s más", "%(count)s más", rest) % {"count": rest}
    return get_text_list([*names[:SHOWN], more], _("y"))


def kind_label(code: str) -> str:
    """Name a kind of organization, as said inside a sentence."""
    known = dict(OrganizationKind.choices)
    return str(known.get(code, code)).lower()


def size_label(code: str) -> str:
    """Name a size class, as said inside a sentence."""
    known = dict(SizeClass.choices)
    return str(known.get(code, code)).lower()


def span(text: str) -> str:
    """Write ``P18M`` as "18 meses"."""
    length = Duration.parse(text)
    texts = {
        "D": ngettext("%(count)s día", "%(count)s días", length.count),
        "M": ngettext("%(count)s mes", "%(count)s meses", length.count),
        "Y": ngettext("%(count)s año", "%(count)s años", length.count),
    }
    return texts[length.unit] % {"count": length.count}


def word_label(code: str) -> str:
    """Name a word of the closed lists of conditions; another one is shown as written."""
    known = {
        "tax": _("tributarias"),
        "social_security": _("de seguridad social"),
        "labor": _("laborales"),
        "coercive": _("en cobranza coactiva"),
        "support_recovery": _("por devolución de ayudas"),
        "alimony_debtors": _("registro de deudores de alimentos"),
        "environmental_sanctions": _("registro de sanciones ambientales"),
        "export_control": _("control de exportaciones"),
        "public_debarment": _("registro de inhabilitados para contratar con el Estado"),
        "active": _("activo"),
        "located": _("con domicilio confirmado"),
        "victims": _("víctimas del conflicto"),
        "ethnic": _("pueblos y comunidades étnicas"),
        "rural": _("población rural"),
        "disability": _("personas con discapacidad"),
        "migrants": _("migrantes"),
        "youth": _("jóvenes"),
        "heads_of_household": _("jefas y jefes de hogar"),
        "management": _("gestión"),
        "research": _("investigación"),
        "sustainability": _("sostenibilidad"),
        "export": _("exportación"),
    }
    kinds = dict(OrganizationKind.choices)
    if code in kinds:
        return kind_label(code)
    return known.get(code, code.replace("-", " ").replace("_", " "))

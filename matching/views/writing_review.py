"""The review of a need before it is published: what was answered, and what would make it better."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import day, kilometers
from firms.models import ListingVisibility, Reach, Urgency
from matching.forms.whole import WrittenNeed, place_name
from matching.forms.writing import REACHES, WHAT, WHERE, WHO

SHORT = 25


@dataclass(frozen=True)
class Fact:
    """One answer, and the step where it can be changed."""

    label: str
    text: str
    step: str


@dataclass(frozen=True)
class Check:
    """Advice before publishing; ``kind`` is near."""

    kind: str
    text: Promise


def facts_of(need: WrittenNeed) -> list[Fact]:
    """Return the answers that say something, in the order of the steps."""
    what, where, who = need.given(WHAT), need.given(WHERE), need.given(WHO)
    reach = dict(REACHES)[where["reach"]]
    far = _("Hasta %(km)s") % {"km": kilometers(where["km"])} if where.get("km") else str(reach)
    by = day(where["deliver_by"]) if where.get("deliver_by") else ""
    listed = [
        Fact(_("De qué se trata"), "\n".join(e.label for e in need.chosen), WHAT),
        Fact(_("Cuánto"), what.get("quantity", ""), WHAT),
        Fact(_("Certificados"), "\n".join(str(c) for c in what["certificates"]), WHAT),
        Fact(_("Lugar"), place_name(need.city) if need.city else "", WHERE),
        Fact(_("Busca"), far if where["reach"] == Reach.RADIUS else str(reach), WHERE),
        Fact(_("Plazo"), by or str(Urgency(where["urgency"]).label), WHERE),
        Fact(_("Nombre"), _("No se muestra") if who["is_anonymous"] else "", WHO),
        Fact(_("La verá"), str(ListingVisibility(who["visibility"]).label), WHO),
    ]
    return [fact for fact in listed if fact.text]


def checks_of(need: WrittenNeed, *, total: int) -> list[Check]:
    """Return what would make the need easier to answer."""
    found = []
    if len(need.sentence) < SHORT:
        found.append(Check("near", _SHORT))
    if not need.chosen:
        found.append(Check("near", _NO_CODE))
    if need.city is None:
        found.append(Check("near", _NO_PLACE))
    if not need.given(WHAT).get("quantity"):
        found.append(Check("near", _NO_AMOUNT))
    if not total:
        found.append(Check("near", _NOBODY))
    return found


_SHORT = gettext_lazy("La frase es muy corta: diga qué, para qué y con qué condición.")
_NO_CODE = gettext_lazy(
    "Confirme al menos un producto o actividad: así la encuentran en otro idioma."
)
_NO_PLACE = gettext_lazy("Sin lugar no podemos decir a qué distancia está cada una.")
_NO_AMOUNT = gettext_lazy("Diga cuánto necesita: es lo primero que le van a preguntar.")
_NOBODY = gettext_lazy("Hoy nadie cumple todo. Puede publicarla igual: avisamos a quien llegue.")

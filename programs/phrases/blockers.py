"""The facts that keep an organization from a call, as the end of "not for you, because of"."""

from django.utils.translation import gettext as _

from programs.eligibility.facts import FactName
from programs.phrases.facts import fact_label


def blocker_label(code: str) -> str:
    """Name a fact."""
    labels = {
        FactName.KIND: _("el tipo de organización"),
        FactName.PLACES: _("el territorio"),
        FactName.SIZES: _("el tamaño"),
        FactName.ACTIVITIES: _("la actividad"),
        FactName.STARTED_ON: _("la antigüedad"),
        FactName.FOUNDED_ON: _("la antigüedad"),
        FactName.WOMEN_LED: _("quién la dirige"),
        FactName.CERTIFICATES: _("un certificado"),
        FactName.DECLARATIONS: _("lo que declaró"),
    }
    if code not in list(FactName):
        return code
    fact = FactName(code)
    return labels.get(fact) or fact_label(fact).lower()

"""What would make somebody fit, in the reader's words; and which condition a person may relax."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusters.catalog import certificate_standards
from matching.services.results import NearMiss


@dataclass(frozen=True)
class Missed:
    """Names that shortfalls need, read once for a whole page."""

    standards: dict[int, str]

    @classmethod
    def of(cls, near: Iterable[NearMiss]) -> "Missed":
        """Read the names of the standards that are missing: one query, or none."""
        wanted = {pk for each in near for pk in each.missing}
        rows = certificate_standards().filter(pk__in=wanted) if wanted else ()
        return cls({row.pk: row.label.split(",")[0] for row in rows})

    def sentence(self, miss: NearMiss) -> str:
        """Say what keeps it out, and by how much."""
        if miss.gate == "certificates":
            names = [self.standards[pk] for pk in miss.missing if pk in self.standards]
            return _("Le falta mostrar vigente: %(names)s") % {"names": ", ".join(names)}
        if miss.gate == "within_reach":
            return _outside(miss)
        if miss.gate == "covers_place":
            return _not_served(miss)
        return _("Calza, pero hoy no recibe contactos")


def _outside(miss: NearMiss) -> str:
    if miss.beyond_km is None:
        return _("Está fuera de donde usted busca")
    return _("Está %(km)s km fuera de su radio") % {"km": _at_least_one(miss.beyond_km)}


def _not_served(miss: NearMiss) -> str:
    if miss.beyond_km is None:
        return _("No dice que atienda su zona: pregúntele")
    return _("Su servicio termina %(km)s km antes de llegar a usted") % {
        "km": _at_least_one(miss.beyond_km)
    }


def _at_least_one(km: float) -> int:
    return max(round(km), 1)

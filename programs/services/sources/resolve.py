"""Codes of places, activities and certificates turned into what criteria store."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError

from clusters.models import AdminUnit, CertificateStandard, Classification, Scheme
from programs.models.criteria import validate_parameters
from programs.services.sources.entries import CannotLoad, CriterionEntry


@dataclass(frozen=True)
class Codes:
    """What the reference tables know, by code."""

    units: dict[str, tuple[int, str]]
    activities: dict[str, str]
    standards: frozenset[str]

    def unit(self, code: str) -> int:
        """Return the primary key of a division.

        Raises:
            CannotLoad: there is none of that code.
        """
        if code not in self.units:
            raise CannotLoad(
                f"no existe la división «{code}»: cargue antes los datos de referencia"
            )
        return self.units[code][0]

    def resolve(self, entry: CriterionEntry) -> CriterionEntry:
        """Return the criterion with paths in place of codes, checked against its kind.

        Raises:
            CannotLoad: a code or a parameter is not known.
        """
        parameters: dict[str, Any] = dict(entry.parameters)
        if entry.kind == "territory":
            parameters["units"] = [self._unit_path(code) for code in parameters.get("units", ())]
        if entry.kind == "activity":
            codes = parameters.get("activities", ())
            parameters["activities"] = [self._activity_path(code) for code in codes]
        for code in parameters.get("standards", ()) if entry.kind == "certificate_held" else ():
            if code not in self.standards:
                raise CannotLoad(f"no existe la norma de certificación «{code}»")
        try:
            validate_parameters(entry.kind, parameters)
        except ValidationError as error:
            raise CannotLoad("; ".join(error.messages)) from error
        parts = tuple(self.resolve(part) for part in entry.parts)
        return replace(entry, parameters=parameters, parts=parts)

    def _unit_path(self, code: str) -> str:
        self.unit(code)
        return self.units[code][1]

    def _activity_path(self, code: str) -> str:
        if code not in self.activities:
            raise CannotLoad(f"no existe la actividad CIIU «{code}»")
        return self.activities[code]


def read_codes() -> Codes:
    """Read the reference tables once."""
    units = {
        code: (pk, "/".join(filter(None, (above, code))))
        for pk, code, above in AdminUnit.objects.values_list("pk", "code", "parent__code")
    }
    activities = Classification.objects.filter(scheme=Scheme.ISIC4).values_list("code", "path")
    standards = CertificateStandard.objects.values_list("code", flat=True)
    return Codes(units, dict(activities), frozenset(standards))

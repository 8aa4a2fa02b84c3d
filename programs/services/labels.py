"""Names, in the reader's language, of the codes that criteria and findings carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clusters.models import AdminUnit, CertificateStandard, Classification, Scheme
from programs.eligibility.facts import FactName
from programs.eligibility.findings import Result


@dataclass(frozen=True)
class Labels:
    """Names by code; what has none is shown as its code."""

    units: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, str] = field(default_factory=dict)

    def unit(self, path: str) -> str:
        """Name a division by its code or path."""
        return self.units.get(_end(path), _end(path))

    def activity(self, path: str) -> str:
        """Name an activity by its code or path."""
        return self.activities.get(_end(path), _end(path))

    def standard(self, code: str) -> str:
        """Name a certificate."""
        return self.standards.get(code, code)


def _end(path: str) -> str:
    return path.rpartition("/")[2]


def read_labels(
    *, parameters: Iterable[Mapping[str, Any]], results: Iterable[Result] = ()
) -> Labels:
    """Return the names of all codes in criteria's parameters and in results, in three queries."""
    units, activities, standards = set(), set(), set()
    for values in parameters:
        units |= {_end(path) for path in _texts(values, "units")}
        activities |= {_end(path) for path in _texts(values, "activities")}
        standards |= set(_texts(values, "standards"))
    for leaf in (leaf for result in results for leaf in result.leaves()):
        if leaf.finding and leaf.finding.fact is FactName.PLACES:
            units |= set(leaf.finding.used)
        elif leaf.finding and leaf.finding.fact is FactName.ACTIVITIES:
            activities |= {_end(path) for path in leaf.finding.used}
    return Labels(
        {row.code: row.label for row in AdminUnit.objects.filter(code__in=units)},
        {
            row.code: row.label
            for row in Classification.objects.filter(scheme=Scheme.ISIC4, code__in=activities)
        },
        {row.code: row.label for row in CertificateStandard.objects.filter(code__in=standards)},
    )


def _texts(values: Any, name: str) -> list[str]:
    found = values.get(name) if isinstance(values, dict) else None
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []

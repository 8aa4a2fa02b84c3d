"""What the demo files name by code, as rows of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.gis.geos import Point

from clusters.models import (
    AdminUnit,
    CertificateStandard,
    City,
    Classification,
    Scheme,
    fold,
)
from registry.demo.entries import CannotLoadDemo, ClusterEntry, OrganizationEntry

RowT = TypeVar("RowT")
SCHEMES = {4: Scheme.ISIC4, 6: Scheme.HS, 8: Scheme.CPV2008}


@dataclass(frozen=True)
class Spot:
    """Where an organization is."""

    admin_unit: AdminUnit
    city: City | None
    point: Point
    name: str


class Codes:
    """Looks rows up by code; an unknown one is an error that names it."""

    def __init__(self) -> None:
        units = AdminUnit.objects.defer("boundary").order_by("code")
        self._units = {unit.code: unit for unit in units}
        standards = CertificateStandard.objects.order_by("code")
        self._standards = {standard.code: standard for standard in standards}
        self._classifications: dict[str, Classification] = {}

    def unit(self, code: str) -> AdminUnit:
        """Return a country or division."""
        return _found(self._units, code)

    def standard(self, code: str) -> CertificateStandard:
        """Return a certificate standard."""
        return _found(self._standards, code)

    def classifications(self, codes: Iterable[str]) -> list[Classification]:
        """Return entries of ISIC, HS and CPV, told apart by their length."""
        return [self._classification(code) for code in codes]

    def _classification(self, code: str) -> Classification:
        if code not in self._classifications:
            scheme = SCHEMES.get(len(code), "")
            row = Classification.objects.filter(scheme=scheme, code=code).first()
            if row is None:
                raise CannotLoadDemo(f"{code}?")
            self._classifications[code] = row
        return self._classifications[code]

    def spot(
        self,
        entry: OrganizationEntry,
        cluster: ClusterEntry | None,
        places: Mapping[str, Mapping[str, Any]],
    ) -> Spot:
        """Return where an organization is: a drawn place, a point of its own, or a city."""
        drawn = places.get(entry.city)
        if drawn:
            return Spot(self.unit(drawn["unit"]), None, _point(drawn["at"]), entry.city)
        if entry.at:
            return Spot(self.unit(entry.unit or entry.country), None, _point(entry.at), entry.place)
        units = [entry.unit] if entry.unit else list(cluster.units if cluster else ())
        city = City.objects.filter(search_name=fold(entry.city), admin_unit__code__in=units).first()
        if city is None or city.admin_unit is None:
            raise CannotLoadDemo(f"{entry.ref}: {entry.city}?")
        return Spot(city.admin_unit, city, city.point, city.name)


def _found(rows: Mapping[str, RowT], code: str) -> RowT:
    if code not in rows:
        raise CannotLoadDemo(f"{code}?")
    return rows[code]


def _point(at: Iterable[float]) -> Point:
    longitude, latitude = at
    return Point(longitude, latitude, srid=4326)

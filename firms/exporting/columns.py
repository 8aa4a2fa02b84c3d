"""What a file says of each row: what the reader's page of it says, and nothing more."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.sheets import Line
from firms.kinds import KINDS
from firms.models import FieldGroup, Listed, Organization
from firms.policies import Actor, organizations_of, sight_of
from firms.shown import DECIMALS, ShownSite

PLACE_DECIMALS = 2
ORGANIZATION_TITLES = {
    "id": _("Identificador"),
    "name": _("Nombre"),
    "legal_name": _("Razón social"),
    "kind": _("Tipo"),
    "one_line": _("Qué hace"),
    "activity_code": _("Código de actividad"),
    "activity": _("Actividad principal"),
    "country": _("País"),
    "region": _("Región"),
    "city": _("Ciudad"),
    "size": _("Tamaño"),
    "verification": _("Verificación"),
    "confirmed_on": _("Confirmada el"),
    "website": _("Sitio web"),
    "source": _("Fuente"),
    "longitude": _("Longitud"),
    "latitude": _("Latitud"),
    "address": _("Página en Racimo"),
}
LISTING_TITLES = {
    "reference": _("Referencia"),
    "title": _("Título"),
    "summary": _("Resumen"),
    "organization": _("Organización"),
    "country": _("País"),
    "region": _("Región"),
    "place": _("Lugar"),
    "published_on": _("Publicada el"),
    "valid_until": _("Vigente hasta"),
    "language": _("Idioma"),
    "longitude": _("Longitud"),
    "latitude": _("Latitud"),
    "address": _("Página en Racimo"),
}
TITLES: Mapping[str, Mapping[str, Any]] = {
    Listed.ORGANIZATIONS: ORGANIZATION_TITLES,
    Listed.OFFERS: LISTING_TITLES,
    Listed.NEEDS: LISTING_TITLES,
}


@dataclass(frozen=True)
class Table:
    """A list as a table, for one reader."""

    listed: Listed
    actor: Actor

    @property
    def titles(self) -> list[str]:
        """The headings in the language in force."""
        return [str(title) for title in TITLES[self.listed].values()]

    def lines(self, rows: QuerySet[Any]) -> Iterator[Line]:
        """Return rows as lines, in a fixed number of queries."""
        if self.listed == Listed.ORGANIZATIONS:
            return self._organizations(rows)
        return self._listings(rows)

    def _organizations(self, rows: QuerySet[Any]) -> Iterator[Line]:
        sight = sight_of(self.actor)
        shown = KINDS[self.listed].shown(rows).prefetch_related("field_visibilities")
        for row in shown:
            yield _organization(row, sight.fields(row))

    def _listings(self, rows: QuerySet[Any]) -> Iterator[Line]:
        shown = KINDS[self.listed].shown(rows).select_related("organization", "admin_unit")
        knows = self._knows_author()
        page = KINDS[self.listed].item
        for row in shown:
            yield _listing(row, page, named=knows(row))

    def _knows_author(self) -> Callable[[Any], bool]:
        """Say of which listings the reader may know the author, asking once for all."""
        is_staff = self.actor.is_authenticated and self.actor.is_staff
        mine = set(organizations_of(self.actor).values_list("pk", flat=True))
        return lambda row: not row.is_anonymous or is_staff or row.organization_id in mine


def _organization(row: Organization, fields: frozenset[FieldGroup]) -> Line:
    site = next(iter(getattr(row, "main_sites", ())), None)
    activity = next(iter(getattr(row, "main_activities", ())), None)
    point = None
    if site is not None:
        shown = ShownSite(site=site, with_address=FieldGroup.ADDRESSES in fields)
        point = _rounded(site.point, DECIMALS[shown.precision])
    values = {
        "id": row.public_id,
        "name": row.name,
        "legal_name": row.legal_name,
        "kind": row.get_kind_display(),
        "one_line": row.one_line,
        "activity_code": activity.classification.code if activity else "",
        "activity": activity.classification.label if activity else "",
        "country": row.country.label,
        "region": site.admin_unit.label if site else "",
        "city": site.city.name if site and site.city else "",
        "size": row.get_size_class_display(),
        "verification": row.get_verification_display(),
        "confirmed_on": row.last_confirmed_on,
        "website": row.website if FieldGroup.WEB in fields else "",
        "source": row.source,
    }
    return _placed(values, point, reverse("firms:organization", args=[row.public_id]))


def _listing(row: Any, page: str, *, named: bool) -> Line:
    values = {
        "reference": row.reference,
        "title": row.title,
        "summary": row.summary,
        "organization": row.organization.name if named else "",
        "country": row.admin_unit.country_code,
        "region": row.admin_unit.label,
        "place": row.place_name,
        "published_on": row.published_at.date() if row.published_at else None,
        "valid_until": row.valid_until,
        "language": row.get_language_display(),
    }
    point = _rounded(row.point, PLACE_DECIMALS)
    return _placed(values, point, reverse(page, args=[row.public_id]))


def _placed(values: dict[str, Any], point: tuple[float, float] | None, page: str) -> Line:
    longitude, latitude = point or (None, None)
    place = {"longitude": longitude, "latitude": latitude}
    return Line({**values, **place, "address": f"{settings.SITE_ORIGIN}{page}"}, point)


def _rounded(point: Any, decimals: int) -> tuple[float, float] | None:
    return (round(point.x, decimals), round(point.y, decimals)) if point else None

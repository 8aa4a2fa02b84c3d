"""Where an organization works, serves and sells."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from clusters.catalog import territories
from clusters.pickers import CityField
from firms.forms.fields import RowsField, a_choice, of_model
from firms.forms.sections.parts import PartForm, RowForm
from firms.models import (
    ExportExperience,
    FieldGroup,
    MarketProfile,
    Precision,
    ServiceArea,
    Site,
)
from firms.models.listings import MAX_REACH_KM
from firms.services.profile import Table

POINTED = (Precision.EXACT, Precision.STREET)


class SitePart(RowForm):
    """A place of work, and how exactly it is known."""

    table = Table(
        Site,
        (
            "city",
            "admin_unit",
            "point",
            "precision",
            "kind",
            "is_main",
            "name",
            "address",
            "headcount",
        ),
        many=True,
        alike=("city", "name", "kind"),
    )
    groups = dict.fromkeys(
        ("precision", "latitude", "longitude", "name", "address", "headcount"),
        FieldGroup.ADDRESSES,
    )
    title = _("Sedes")
    add = _("Agregar otra sede")
    layout = (
        ("city",),
        ("kind", "name"),
        ("address", "headcount"),
        ("precision",),
        ("latitude", "longitude"),
        ("is_main",),
    )

    city = CityField(label=_("Ciudad"))
    kind = of_model(Site, "kind")
    name = of_model(Site, "name")
    address = of_model(Site, "address")
    headcount = of_model(Site, "headcount", min_value=0)
    precision = of_model(
        Site,
        "precision",
        label=_("Qué tan exacto es el punto del mapa"),
        help_text=_("Exacta y calle piden las coordenadas. Las demás usan el punto de la ciudad."),
    )
    latitude = forms.DecimalField(
        label=_("Latitud"), required=False, min_value=-90, max_value=90, decimal_places=6
    )
    longitude = forms.DecimalField(
        label=_("Longitud"), required=False, min_value=-180, max_value=180, decimal_places=6
    )
    is_main = forms.BooleanField(label=_("Es la sede principal"), required=False)

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return the columns, and the coordinates of a point that is known well."""
        shown = super().initial_of(row)
        known = row.precision in POINTED
        return shown | {
            "latitude": round(row.point.y, 6) if known else None,
            "longitude": round(row.point.x, 6) if known else None,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for both coordinates where the point is said to be exact."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_pointed = cleaned.get("precision") in POINTED
        if is_pointed and any(
            cleaned.get(name) is None and not self.has_error(name)
            for name in ("latitude", "longitude")
        ):
            self.add_error("latitude", _("Escriba la latitud y la longitud del lugar."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the columns, with the point that the precision promises.

        A writer who does not see addresses leaves the point alone unless the city changes.
        """
        values, city = super().values(), self.cleaned_data["city"]
        del values["is_main"]
        values["admin_unit"] = city.admin_unit or city.country
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        if values.get("precision") in POINTED and latitude is not None and longitude is not None:
            values["point"] = Point(float(longitude), float(latitude), srid=4326)
        elif values.get("precision") == Precision.ADMIN and values["admin_unit"].center:
            values["point"] = values["admin_unit"].center
        elif "precision" in self.fields or self.initial.get("city") != city:
            values["point"] = city.point
            values.setdefault("precision", Precision.LOCALITY)
        return values


class ServiceAreaPart(PartForm):
    """How far it goes to serve."""

    table = Table(ServiceArea, ("radius_km", "works_remotely", "units"))
    group = FieldGroup.SERVICE_AREA
    title = _("Dónde atiende")

    radius_km = forms.IntegerField(
        label=_("Distancia máxima en km"),
        required=False,
        min_value=1,
        max_value=MAX_REACH_KM,
        help_text=_("Desde su sede. Deje vacío si no hay un límite."),
    )
    works_remotely = forms.BooleanField(label=_("También atiende a distancia"), required=False)
    units = RowsField(territories, label=_("Regiones y países que atiende"))


class MarketPart(PartForm):
    """Where it sells."""

    table = Table(MarketProfile, ("units", "export_experience", "exports_since"))
    group = FieldGroup.MARKETS
    title = _("Mercados")
    layout = (("export_experience", "exports_since"), ("units",))

    export_experience = a_choice(
        _("Experiencia exportadora"),
        ExportExperience.choices,
        unset=_("No lo decimos"),
        required=False,
    )
    exports_since = forms.IntegerField(
        label=_("Exporta desde el año"), required=False, min_value=1800, max_value=2200
    )
    units = RowsField(territories, label=_("Mercados a los que vende"))

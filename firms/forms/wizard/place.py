"""Where it is: a city typed, or a point set on the map or written."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from clusters.catalog import city_near, unit_at
from clusters.models import AdminUnit, City
from clusters.pickers import CityField, SearchableForm, look_near
from firms.forms.fields import of_model
from firms.models import Precision, Site
from firms.services.wizard.finishing import PlaceContent


def _degrees(label: Any, limit: int) -> forms.FloatField:
    box = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "autocomplete": "off"})
    return forms.FloatField(
        label=label, required=False, min_value=-limit, max_value=limit, widget=box
    )


class PlaceStep(SearchableForm):
    """A city, or a point with how exactly it is known; both are better still."""

    city = CityField(label=_("Ciudad"))
    latitude = _degrees(_("Latitud"), 90)
    longitude = _degrees(_("Longitud"), 180)
    precision = forms.ChoiceField(
        label=_("¿Qué tan exacto es el punto?"),
        required=False,
        choices=[
            (Precision.STREET, _("Más o menos: la calle o el sector")),
            (Precision.EXACT, _("Exacto: la puerta")),
            (Precision.LOCALITY, _("Solo la localidad")),
        ],
    )
    address = of_model(
        Site,
        "address",
        help_text=_("Si trabaja en su casa y no quiere que se sepa dónde, déjela en blanco."),
    )

    def __init__(self, *args: Any, country: AdminUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        has_point = self.data.get("latitude") or self.data.get("longitude")
        self.fields["city"].required = not has_point
        look_near(self, country.country_code)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a point in the country that was said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and longitude is not None:
            self._clean_point(cleaned, Point(longitude, latitude, srid=4326))
        elif latitude is not None or longitude is not None:
            missing = "longitude" if longitude is None else "latitude"
            if not self.has_error(missing):
                self.add_error(missing, _("Un punto lleva latitud y longitud."))
        self._check_city(cleaned.get("city"))
        return cleaned

    def _clean_point(self, cleaned: dict[str, Any], point: Point) -> None:
        near = city_near(point)
        unit = unit_at(point) or (near.admin_unit or near.country if near else None)
        if unit is None or unit.country_code != self.country.country_code:
            said = _("Ese punto no está en %(country)s. Revise los números y su signo.")
            self.add_error("latitude", said % {"country": self.country})
            return
        cleaned["point"], cleaned["unit"] = point, unit
        if near and near.country_id == self.country.pk:
            cleaned["city"] = cleaned.get("city") or near

    def _check_city(self, city: City | None) -> None:
        if city and city.country_id != self.country.pk:
            said = _("%(city)s no está en %(country)s. Elija otra ciudad o cambie el país.")
            self.add_error("city", said % {"city": city, "country": self.country})

    def place(self) -> PlaceContent:
        """Return what the service takes: the point if there is one, else the middle of the city."""
        given = self.cleaned_data
        city: City | None = given.get("city")
        if "point" in given:
            point, unit = given["point"], given["unit"]
            precision = given.get("precision") or Precision.STREET
        else:
            if city is None:
                raise ValueError(given)
            point, unit = city.point, city.admin_unit or city.country
            precision = Precision.LOCALITY
        return PlaceContent(
            point=point,
            precision=precision,
            admin_unit=unit,
            city=city,
            address=given["address"],
        )

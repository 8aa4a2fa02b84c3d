"""Conditions that a person types: a place by its name, a box of the map."""

import math
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.catalog import cities, find_cities
from clusters.models import City
from firms.directory import Box

SIDES = 4
MAX_PLACE = 80


class CityField(forms.CharField):
    """A city by its name as typed, with its region after a comma, or by its number."""

    default_error_messages = {
        "unknown": _("No conocemos ese lugar: escriba el nombre de una ciudad.")
    }

    def clean(self, value: Any) -> City | None:
        """Return the city that is most likely meant."""
        typed = super().clean(value)
        if not typed:
            return None
        if typed.isascii() and typed.isdigit():
            found = cities().filter(geonames_id=min(int(typed), 2**31 - 1)).first()
        else:
            found = self._named(typed)
        if found is None:
            raise forms.ValidationError(self.default_error_messages["unknown"], code="unknown")
        return found

    def _named(self, typed: str) -> City | None:
        name, _comma, rest = typed.partition(",")
        found = find_cities(name)
        wanted = rest.strip().casefold()
        for city in found:
            if wanted and wanted in _whereabouts(city):
                return city
        return next(iter(found), None)


def _whereabouts(city: City) -> str:
    units = [unit for unit in (city.admin_unit, city.country) if unit]
    return " ".join(f"{unit.label} {unit.code}" for unit in units).casefold()


class CityFilter(django_filters.CharFilter):
    """Near a city."""

    field_class = CityField

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=MAX_PLACE, widget=box, **kwargs)


class BoxField(forms.CharField):
    """West, south, east and north in degrees, with commas between."""

    default_error_messages = {"wrong": _("El área del mapa no se entiende.")}

    def clean(self, value: Any) -> Box | None:
        """Return the four sides, inside the world and in order."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            west, south, east, north = (float(part) for part in typed.split(","))
        except ValueError as error:
            raise self._wrong() from error
        sides = (max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0))
        if not all(map(math.isfinite, sides)) or sides[0] >= sides[2] or sides[1] >= sides[3]:
            raise self._wrong()
        return sides

    def _wrong(self) -> forms.ValidationError:
        return forms.ValidationError(self.default_error_messages["wrong"], code="wrong")


class BoxFilter(django_filters.CharFilter):
    """Inside what the map shows."""

    field_class = BoxField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Área del mapa"), max_length=100, widget=forms.HiddenInput, **kwargs
        )

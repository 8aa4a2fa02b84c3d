"""Form fields whose choices are too many for a list: one searches, ticks, and goes on.

With scripts the options change as one types; without them the button of the search sends the form
and gets it back with the options. ``SearchableForm`` tells that from a submission.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clusters.catalog import (
    cities,
    classification_key,
    classifications_by_key,
    find_cities,
    find_classifications,
)
from clusters.models import City, Classification

LOOK = "look"
MAX_CHOSEN = 20
MAX_QUERY = 200
FIELD_NAME = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


def query_name(name: str) -> str:
    """Return the name of the search box that belongs to a field."""
    return f"{name}_search"


@dataclass(frozen=True)
class Picked:
    """What a picker holds between two looks: the keys ticked and the words searched."""

    keys: tuple[str, ...]
    query: str = ""


class PickerWidget(forms.Widget):
    """Ticked options first, then what the search found, in one group of boxes or buttons."""

    use_fieldset = True
    template = ""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any] | None, name: str
    ) -> Picked:
        """Return the keys ticked and the words searched."""
        keys = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        query = str(data.get(query_name(name), ""))[:MAX_QUERY]
        chosen = tuple(str(key) for key in keys if key)
        return Picked(chosen[: MAX_CHOSEN + 1], query)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of the search box."""
        return f"{id_}_search"

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the picker with its options."""
        picked = value if isinstance(value, Picked) else Picked(())
        return render_to_string(self.template, self.options(name, picked))

    def options(self, name: str, picked: Picked) -> dict[str, Any]:
        """Return what the template shows."""
        raise NotImplementedError


class ClassificationPicker(PickerWidget):
    """Boxes for entries of some schemes."""

    template = "clusters/classification_picker.html"

    def __init__(self, schemes: Iterable[str]) -> None:
        super().__init__()
        self.schemes = tuple(schemes)

    def options(self, name: str, picked: Picked) -> dict[str, Any]:
        """Return ticked and found entries."""
        return classification_options(name, picked, self.schemes)


class CityPicker(PickerWidget):
    """Buttons for cities; one is chosen."""

    template = "clusters/city_picker.html"
    near = ""
    """The country whose cities come first; a form that knows it says so."""

    def options(self, name: str, picked: Picked) -> dict[str, Any]:
        """Return the chosen city and the found ones."""
        return city_options(name, picked, self.near)


def classification_options(name: str, picked: Picked, schemes: Iterable[str]) -> dict[str, Any]:
    """Return the ticked entries and the others found, as the picker's template takes them."""
    chosen = classifications_by_key(picked.keys)
    found = find_classifications(picked.query, schemes)
    return {
        "name": name,
        "query": picked.query,
        "schemes": ",".join(schemes),
        "chosen": [(classification_key(entry), entry) for entry in chosen],
        "found": [(classification_key(entry), entry) for entry in found if entry not in chosen],
    }


def city_options(name: str, picked: Picked, near: str = "") -> dict[str, Any]:
    """Return the chosen city and the others found, as the picker's template takes them."""
    chosen = _cities_by_key(picked.keys[:1])
    found = [city for city in find_cities(picked.query, near) if city not in chosen]
    return {
        "name": name,
        "query": picked.query,
        "near": near,
        "chosen": chosen,
        "found": found,
    }


def _cities_by_key(keys: Iterable[str]) -> list[City]:
    numbers = [key for key in keys if key.isascii() and key.isdigit() and len(key) < len("1" * 10)]
    return list(cities().filter(geonames_id__in=numbers))


class ClassificationsField(forms.Field):
    """Entries of some schemes, sent as scheme:code."""

    default_error_messages = {
        "required": _("Elija al menos una."),
        "unknown": _("Una de las opciones ya no existe. Búsquela de nuevo."),
        "many": _("Elija %(limit)d como máximo."),
    }

    def __init__(self, *, schemes: Iterable[str], limit: int = MAX_CHOSEN, **kwargs: Any) -> None:
        self.schemes = tuple(schemes)
        self.limit = limit
        super().__init__(widget=ClassificationPicker(self.schemes), **kwargs)

    def prepare_value(self, value: Any) -> Picked:
        """Return what the picker shows."""
        if isinstance(value, Picked):
            return value
        return Picked(tuple(classification_key(entry) for entry in value or ()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether other boxes are ticked than at first; looking changes nothing."""
        return self.prepare_value(initial).keys != self.prepare_value(data).keys

    def clean(self, value: Picked) -> list[Classification]:
        """Return the entries that were ticked."""
        keys = dict.fromkeys(value.keys)
        if not keys and self.required:
            raise ValidationError(self.error_messages["required"], "required")
        if len(keys) > self.limit:
            raise ValidationError(self.error_messages["many"] % {"limit": self.limit}, "many")
        found = [row for row in classifications_by_key(value.keys) if row.scheme in self.schemes]
        if len(found) != len(keys):
            raise ValidationError(self.error_messages["unknown"], "unknown")
        return found


class CityField(forms.Field):
    """One city, sent as its GeoNames number."""

    default_error_messages = {
        "required": _("Busque su ciudad y elíjala de la lista."),
        "unknown": _("Esa ciudad no está en la lista. Búsquela de nuevo."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=CityPicker(), **kwargs)

    def prepare_value(self, value: Any) -> Picked:
        """Return what the picker shows."""
        if isinstance(value, Picked):
            return value
        return Picked((str(value.geonames_id),) if isinstance(value, City) else ())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another city is chosen than at first; looking changes nothing."""
        return self.prepare_value(initial).keys != self.prepare_value(data).keys

    def clean(self, value: Picked) -> City | None:
        """Return the city that was chosen."""
        found = _cities_by_key(value.keys[:1])
        if found:
            return found[0]
        if value.keys:
            raise ValidationError(self.error_messages["unknown"], "unknown")
        if self.required:
            raise ValidationError(self.error_messages["required"], "required")
        return None


def look_near(form: forms.Form, country_code: str) -> None:
    """Let the form's city picker begin with a country."""
    for field in form.fields.values():
        if isinstance(field.widget, CityPicker):
            field.widget.near = country_code


class SearchableForm(forms.Form):
    """A form with pickers: a press on a search button fills options in and judges nothing."""

    @property
    def is_looking(self) -> bool:
        """Say whether a picker's search was pressed, not the form's own button."""
        return self.is_bound and LOOK in self.data

    def full_clean(self) -> None:
        """Judge the form, unless somebody is only looking."""
        if self.is_looking:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Say whether it can be saved."""
        return not self.is_looking and super().is_valid()

"""A form field for an organization: one searches it by name or number, and chooses."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clusters.pickers import Picked, PickerWidget
from firms.catalog import directory_rows, find_organizations
from firms.models import Organization, OrganizationQuerySet


class OrganizationPicker(PickerWidget):
    """Buttons for organizations; one is chosen."""

    template = "firms/organization_picker.html"
    rows: OrganizationQuerySet

    def options(self, name: str, picked: Picked) -> dict[str, Any]:
        """Return the chosen organization and the found ones."""
        return organization_options(name, picked, self.rows)


def organization_options(name: str, picked: Picked, rows: OrganizationQuerySet) -> dict[str, Any]:
    """Return the chosen organization and the others found, as the picker's template takes them."""
    chosen = list(directory_rows(rows.filter(public_id__in=_ids(picked.keys[:1]))))
    found = [row for row in find_organizations(rows, picked.query) if row not in chosen]
    return {"name": name, "query": picked.query, "chosen": chosen, "found": found}


def _ids(keys: Iterable[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


class OrganizationField(forms.Field):
    """One organization among those that the writer sees, sent as its public id."""

    default_error_messages = {
        "required": _("Busque la organización y elíjala de la lista."),
        "unknown": _("Esa organización ya no está en la lista. Búsquela de nuevo."),
    }
    rows: OrganizationQuerySet

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=OrganizationPicker(), **kwargs)

    def look_among(self, rows: OrganizationQuerySet) -> None:
        """Let the writer choose among these."""
        self.rows = rows
        self.widget.rows = rows

    def prepare_value(self, value: Any) -> Picked:
        """Return what the picker shows."""
        if isinstance(value, Picked):
            return value
        return Picked((str(value.public_id),) if isinstance(value, Organization) else ())

    def clean(self, value: Picked) -> Organization | None:
        """Return the organization that was chosen."""
        found = self.rows.filter(public_id__in=_ids(value.keys[:1])).first()
        if found is None and value.keys:
            raise ValidationError(self.error_messages["unknown"], "unknown")
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], "required")
        return found

"""A form on one table of a profile, which drops what its writer may not see."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from clusters.catalog import territories
from clusters.pickers import SearchableForm, look_near
from firms.forms.fields import RowsField
from firms.models import FieldGroup, Organization
from firms.services.profile import Table, values_of

UNITS = "units"


class PartForm(SearchableForm):
    """One record. ``groups`` says to which visible part each of its fields belongs."""

    table: ClassVar[Table]
    title: ClassVar[Any] = ""
    group: ClassVar[FieldGroup | None] = None
    groups: ClassVar[Mapping[str, FieldGroup]] = {}
    layout: ClassVar[tuple[tuple[str, ...], ...]] = ()
    organization: Organization

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        seen: frozenset[FieldGroup],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        for name in [name for name in self.fields if not self.shows(name, seen)]:
            del self.fields[name]
        look_near(self, organization.country.country_code)
        for name, field in self.fields.items():
            if isinstance(field, RowsField) and name == UNITS:
                field.widget.choices = _near_units(organization, self[name].value())

    @classmethod
    def shows(cls, name: str, seen: frozenset[FieldGroup]) -> bool:
        """Say whether a field is for somebody who sees these parts."""
        group = cls.groups.get(name, cls.group)
        return group is None or group in seen

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a row."""
        return values_of(
            row, columns=[name for name in cls.base_fields if name in cls.table.columns]
        )

    def values(self) -> dict[str, Any]:
        """Return the columns to write."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return {
            name: list(value) if isinstance(value, QuerySet) else value
            for name, value in given.items()
            if name in self.table.columns
        }

    @property
    def rows_of_fields(self) -> list[list[forms.BoundField]]:
        """Return the fields as the page lays them out: some lines hold more than one."""
        placed = {name for line in self.layout for name in line}
        lines = [*self.layout, *((name,) for name in self.fields if name not in placed)]
        shown = [[self[name] for name in line if name in self.fields] for line in lines]
        return [line for line in shown if line and not any(each.is_hidden for each in line)]


class RowForm(PartForm):
    """One row of several; ``row`` names the stored one that it changes."""

    row = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    add: ClassVar[Any] = ""
    empty: ClassVar[Any] = ""


def _near_units(organization: Organization, chosen: Any) -> list[tuple[str, str]]:
    """Return what was chosen, the own country and its divisions, then the other countries."""
    codes = [getattr(each, "code", each) for each in chosen or ()]
    home = organization.country.country_code
    rows = territories().filter(Q(level=0) | Q(country_code=home) | Q(code__in=codes))
    near = sorted(
        rows,
        key=lambda row: (row.code not in codes, row.country_code != home, row.level, row.label),
    )
    return [(row.code, row.label) for row in near]

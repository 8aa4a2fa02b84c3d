"""Who sees an organization and each part of its profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.pickers import SearchableForm
from firms.forms.fields import of_model
from firms.models import FieldGroup, FieldLevel, Organization
from firms.policies import CHANGEABLE, levels_of

_ONLY = {
    FieldGroup.RESEARCH: "research",
    FieldGroup.TECH_TRANSFER: "research",
    FieldGroup.RESEARCH_LEADS: "research",
    FieldGroup.AGENCY: "agency",
    FieldGroup.ASSOCIATION: "association",
}


class VisibilityForm(SearchableForm):
    """The organization as a whole, then part by part."""

    visibility = of_model(Organization, "visibility", label=_("La organización en el directorio"))

    def __init__(
        self, *args: Any, organization: Organization, sections: frozenset[str], **kwargs: Any
    ) -> None:
        levels = levels_of(organization)
        self.groups = [group for group in CHANGEABLE if _ONLY.get(group, "") in {"", *sections}]
        shown = {"visibility": organization.visibility} | {
            group.value: levels[group] for group in self.groups
        }
        super().__init__(*args, **{**kwargs, "initial": shown})
        for group in self.groups:
            self.fields[group.value] = forms.ChoiceField(
                label=group.label, choices=FieldLevel.choices
            )

    @property
    def parts(self) -> list[forms.BoundField]:
        """Return the fields of the parts."""
        return [self[group.value] for group in self.groups]

    def levels(self) -> dict[FieldGroup, FieldLevel]:
        """Return what was chosen for each part."""
        return {group: FieldLevel(self.cleaned_data[group.value]) for group in self.groups}

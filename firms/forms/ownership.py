"""Saying who owns whom."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.pickers import SearchableForm
from firms.catalog import organizations_meant
from firms.forms.fields import a_day, of_model
from firms.models import Organization, OrganizationQuerySet, OwnershipLink
from firms.services.profile import LinkContent

ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
OWNER, OWNED = "owner", "owned"


class OwnershipLinkForm(SearchableForm):
    """Another organization, in which direction, how much and since when."""

    other = forms.CharField(
        label=_("La otra organización"),
        max_length=300,
        help_text=_("Su número tributario, o la dirección de su página en Racimo."),
    )
    role = forms.ChoiceField(
        label=_("¿Qué es la otra organización?"),
        choices=[
            (OWNER, _("Es dueña de una parte de la nuestra")),
            (OWNED, _("Es en parte nuestra")),
        ],
        widget=forms.RadioSelect,
    )
    percentage = of_model(OwnershipLink, "percentage", localize=True)
    since = a_day(_("Desde"))
    until = a_day(_("Hasta"))

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        visible: OrganizationQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.visible = visible

    def clean_other(self) -> Organization:
        """Find the organization among those that the writer sees."""
        text = str(self.cleaned_data["other"])
        address = ADDRESS.search(text.lower())
        public_id = UUID(address.group()) if address else None
        found = organizations_meant(self.visible, text=text, public_id=public_id)
        if found is None:
            raise forms.ValidationError(_("No encontramos esa organización en el directorio."))
        return found

    def content(self) -> LinkContent:
        """Return what the service takes."""
        given = self.cleaned_data
        ends = (given["other"], self.organization)
        owner, owned = ends if given["role"] == OWNER else reversed(ends)
        return LinkContent(
            owner=owner,
            owned=owned,
            percentage=given["percentage"],
            since=given["since"],
            until=given["until"],
        )

"""The parts of a need as far as they are known: some missing, some perhaps still wrong."""

from typing import Any

from django import forms

from clusters.catalog import LISTING_SCHEMES, certificate_standards, divisions, territories
from clusters.pickers import CityField, ClassificationsField
from firms.forms.fields import RowField, RowsField
from firms.models import Reach
from firms.models.listings import MAX_REACH_KM


class PartialNeedForm(forms.Form):
    """The publish form's fields, each by itself: what is not valid is left out."""

    classifications = ClassificationsField(schemes=LISTING_SCHEMES, required=False)
    city = CityField(required=False)
    region = RowField(divisions, required=False)
    reach = forms.ChoiceField(choices=Reach.choices, required=False)
    reach_km = forms.IntegerField(min_value=1, max_value=MAX_REACH_KM, required=False)
    reach_units = RowsField(territories)
    required_certificates = RowsField(certificate_standards)

    def known(self) -> dict[str, Any]:
        """Return the parts that are there and valid, by name."""
        self.full_clean()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: _listed(value) for name, value in found.items()}


def _listed(value: Any) -> Any:
    return list(value) if hasattr(value, "model") and hasattr(value, "query") else value

"""How a search is kept: under which name, and how often it is told of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Pace
from firms.models import Listed, SavedSearch


class SearchForm(forms.Form):
    """Name and pace."""

    name = forms.CharField(
        label=_("Nombre"), max_length=SavedSearch._meta.get_field("name").max_length
    )
    pace = forms.ChoiceField(
        label=_("Avisarme de lo nuevo"), choices=Pace.choices, initial=Pace.DAILY
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, auto_id="keep-%s", initial=initial)


class NewSearchForm(SearchForm):
    """The same of a search that is not kept yet."""

    listed = forms.ChoiceField(choices=Listed.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)

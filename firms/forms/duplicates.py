"""What a person says of a pair: which record stays, which value of each field, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import DuplicateAnswer
from firms.services.duplicates.comparison import KEPT, REMOVED, Difference

FIRST, SECOND = "first", "second"
PREFIX = "field-"


class AnswerForm(forms.Form):
    """The answer, the record that stays, and a side for each field in which they differ."""

    answer = forms.ChoiceField(
        choices=DuplicateAnswer.choices, error_messages={"required": _("Elija una respuesta.")}
    )
    keep = forms.ChoiceField(choices=[(FIRST, FIRST), (SECOND, SECOND)])

    def __init__(self, differences: list[Difference], data: Any) -> None:
        super().__init__(data)
        for each in differences:
            self.fields[PREFIX + each.name] = forms.ChoiceField(
                choices=[(KEPT, KEPT), (REMOVED, REMOVED)], required=False
            )

    def choices(self) -> dict[str, str]:
        """Return the sides that were chosen, by field."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value
        }

"""Pieces that the forms share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

CURRENCIES = tuple(
    "ARS BOB BRL CLP COP CRC CUP DOP EUR GTQ HNL MXN NIO PAB PEN PYG USD UYU VES".split()  # noqa: SIM905 - a list of codes reads best as a line
)
CURRENCY_OF = {
    "AR": "ARS",
    "BO": "BOB",
    "BR": "BRL",
    "CL": "CLP",
    "CO": "COP",
    "CR": "CRC",
    "DO": "DOP",
    "EC": "USD",
    "ES": "EUR",
    "GT": "GTQ",
    "HN": "HNL",
    "MX": "MXN",
    "NI": "NIO",
    "PA": "USD",
    "PE": "PEN",
    "PT": "EUR",
    "PY": "PYG",
    "SV": "USD",
    "UY": "UYU",
    "VE": "VES",
}


if TYPE_CHECKING:  # the classes take a parameter in the type stubs only
    _Choice = forms.ModelChoiceField[Any]
    _Choices = forms.ModelMultipleChoiceField[Any]
else:
    _Choice = forms.ModelChoiceField
    _Choices = forms.ModelMultipleChoiceField


class RowField(_Choice):
    """A choice among rows that are asked for anew by each form, in the reader's language."""

    def __init__(
        self, rows: Callable[[], models.QuerySet[Any]], *, key: str = "code", **kwargs: Any
    ) -> None:
        super().__init__(queryset=None, to_field_name=key, **kwargs)
        self.rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "RowField":
        copy: RowField = super().__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy


class RowsField(_Choices):
    """Ticked rows that are asked for anew by each form."""

    def __init__(
        self, rows: Callable[[], models.QuerySet[Any]], *, key: str = "code", **kwargs: Any
    ) -> None:
        box = forms.CheckboxSelectMultiple()
        super().__init__(None, to_field_name=key, required=False, widget=box, **kwargs)
        self.rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "RowsField":
        copy: RowsField = super().__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy


def of_model(model: type[models.Model], name: str, **changes: Any) -> Any:
    """Return the form field of a model's column: its label, limits and choices stand there."""
    column = model._meta.get_field(name)
    if not isinstance(column, models.Field):
        raise TypeError(name)
    return column.formfield(**changes)


def lines(rows: int) -> forms.Textarea:
    """Return a box for a text of some lines."""
    return forms.Textarea(attrs={"rows": rows})


def a_day(label: Any, **changes: Any) -> forms.DateField:
    """Return a field for a date, which the browser helps to choose."""
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=box, **changes)


def boxes(label: Any, choices: Any, **changes: Any) -> forms.MultipleChoiceField:
    """Return a field of ticked boxes, none of them required."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **changes,
    )


def yes_no_unknown(label: Any, **changes: Any) -> forms.TypedChoiceField:
    """Return a field of three answers: yes, no, and not said, which is None."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("No lo decimos")), ("yes", _("Sí")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        **changes,
    )


def a_choice(label: Any, choices: Any, *, unset: Any, **changes: Any) -> forms.ChoiceField:
    """Return a list to choose from, whose first line says in words that nothing is chosen."""
    return forms.ChoiceField(label=label, choices=[("", unset), *choices], **changes)

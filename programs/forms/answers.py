"""One small form for each way in which a fact is answered."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from firms.models import OrganizationKind
from programs.eligibility.facts import FactName
from programs.eligibility.told import FORMS, Form
from programs.phrases.words import word_label

YEARS = 3
KINDS_OF = (FactName.PARTNER_KINDS, FactName.LEAD_KIND)


class AnswerForm(forms.Form):
    """An answer in the form of its fact; empty takes the answer back."""

    def value(self) -> object:
        """Return the answer as it is stored, or ``None``."""
        found = self.cleaned_data.get("answer")
        return None if found in (None, "", []) else found


class NumberForm(AnswerForm):
    """A count or a percentage."""

    answer = forms.DecimalField(label=_("Su respuesta"), min_value=0, required=False)

    def __init__(self, *args: Any, fact: FactName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_count = FORMS[fact] is Form.COUNT
        most = Decimal(10**9) if is_count else Decimal(100)
        field: forms.Field = forms.DecimalField(
            label=_("Su respuesta"),
            min_value=0,
            max_value=most,
            decimal_places=0 if is_count else 2,
            required=False,
        )
        self.fields["answer"] = field

    def value(self) -> object:
        """Return the number as text."""
        found = self.cleaned_data.get("answer")
        return None if found is None else format(found, "f")


class MoneyForm(AnswerForm):
    """An amount with its currency."""

    answer = forms.DecimalField(
        label=_("Monto"), min_value=0, max_digits=15, decimal_places=2, required=False
    )
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Moneda"), initial="USD")

    def __init__(self, *args: Any, fact: FactName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def value(self) -> object:
        """Return the amount and its currency."""
        found = self.cleaned_data.get("answer")
        if found is None:
            return None
        return {"amount": format(found, "f"), "currency": self.cleaned_data["currency"]}


class YearsForm(AnswerForm):
    """Amounts of the last closed years."""

    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Moneda"), initial="USD")

    def __init__(self, *args: Any, fact: FactName, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = [today.year - back for back in range(1, YEARS + 1)]
        for year in self.years:
            self.fields[f"year_{year}"] = forms.DecimalField(
                label=str(year), min_value=0, max_digits=15, decimal_places=2, required=False
            )

    def value(self) -> object:
        """Return the years that were filled in."""
        given = self.cleaned_data
        rows = [
            {
                "year": year,
                "amount": format(given[f"year_{year}"], "f"),
                "currency": given["currency"],
            }
            for year in self.years
            if given.get(f"year_{year}") is not None
        ]
        return rows or None


class DayForm(AnswerForm):
    """A day."""

    answer = forms.DateField(
        label=_("Fecha"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, fact: FactName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def value(self) -> object:
        """Return the day as text."""
        found = self.cleaned_data.get("answer")
        return found.isoformat() if found else None


class WordsForm(AnswerForm):
    """Which of the words that programs ask for hold."""

    answer = forms.MultipleChoiceField(
        label=_("Marque lo que corresponda"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, fact: FactName, words: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(OrganizationKind.values) if fact in KINDS_OF else words
        field = self.fields["answer"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                *((word, word_label(word)) for word in known),
                ("none", _("Nada de esto")),
            ]


MAKERS: dict[Form, type[AnswerForm]] = {
    Form.COUNT: NumberForm,
    Form.PERCENT: NumberForm,
    Form.MONEY: MoneyForm,
    Form.YEARS: YearsForm,
    Form.DAY: DayForm,
    Form.WORDS: WordsForm,
}


@dataclass(frozen=True)
class Setting:
    """What a question is asked with: words to tick, today, the currency of the organization."""

    words: list[str]
    today: dt.date
    currency: str


def answer_form(fact: FactName, data: Any, *, stored: object, setting: Setting) -> AnswerForm:
    """Return the form of a fact, filled with what was answered before."""
    maker: Any = MAKERS[FORMS[fact]]
    initial = {"currency": setting.currency} | _initial(stored)
    options: dict[str, Any] = {"fact": fact, "initial": initial}
    if maker is WordsForm:
        options["words"] = setting.words
    if maker is YearsForm:
        options["today"] = setting.today
    form: AnswerForm = maker(data, **options)
    return form


def _initial(stored: object) -> dict[str, Any]:
    if isinstance(stored, dict):
        return {"answer": stored.get("amount"), "currency": stored.get("currency")}
    if isinstance(stored, list) and stored and isinstance(stored[0], dict):
        amounts = {f"year_{row.get('year')}": row.get("amount") for row in stored}
        return amounts | {"currency": stored[0].get("currency")}
    return {} if stored is None else {"answer": stored}

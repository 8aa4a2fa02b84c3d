"""What is stored, in words, for somebody whose own words meet those of a colleague."""

from collections.abc import Iterable
from typing import Any

from django import forms

from firms.forms.sections.bound import SectionForm


def told(form: SectionForm) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """Return the stored values of a fresh form: a title and its labels with words."""
    return [
        (part.title, list(_words(each)))
        for part in form.parts
        for each in (part.set.initial_forms if part.is_many else [part.form])
    ]


def _words(form: forms.Form) -> Iterable[tuple[Any, str]]:
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if name in {"row", "DELETE"} or value in (None, "", [], False):
            continue
        choices = dict(getattr(field, "choices", ())) if _is_listed(field) else {}
        each = value if isinstance(value, list) else [value]
        yield field.label, ", ".join(str(choices.get(one, one)) for one in each)


def _is_listed(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)

"""Fields that hold several rows or words: lines of a request, rights, texts, keywords."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from firms.forms.fields import lines

MAX_ROWS = 50


class RowsWidget(forms.Widget):
    """The rows that there are, and some empty ones; each is a small form of its own."""

    template = "firms/listings/rows.html"
    use_fieldset = True

    def __init__(self, row: type[forms.Form], *, extra: int, limit: int) -> None:
        super().__init__()
        self.row, self.extra, self.limit = row, extra, limit

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[dict[str, Any]]:
        """Return what was typed, row by row; rows left empty are none."""
        typed = [self._typed(data, f"{name}-{index}-") for index in range(self.limit)]
        return [row for row in typed if any(value.strip() for value in row.values())]

    def _typed(self, data: Any, prefix: str) -> dict[str, str]:
        return {field: str(data.get(prefix + field) or "") for field in self.row.base_fields}

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Say whether nothing of it was sent."""
        return not any(key.startswith(f"{name}-") for key in data)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the rows."""
        rows = list(value or [])
        count = min(len(rows) + self.extra, self.limit)
        values = rows + [None] * (count - len(rows))
        forms_ = [
            self.row(initial=row, prefix=f"{name}-{index}") for index, row in enumerate(values)
        ]
        return render_to_string(self.template, {"rows": forms_, "first_empty": len(rows)})


class RowsOfField(forms.Field):
    """Rows of a small form; errors say in which row they are."""

    def __init__(
        self, row: type[forms.Form], *, extra: int = 2, limit: int = MAX_ROWS, **kwargs: Any
    ) -> None:
        self.row = row
        widget = RowsWidget(row, extra=extra, limit=limit)
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> list[dict[str, Any]]:
        """Return rows of the database, or typed ones, as the widget draws them."""
        return [self._plain(each) for each in value or []]

    def _plain(self, row: Any) -> dict[str, Any]:
        if isinstance(row, Mapping):
            return dict(row)
        return {name: getattr(row, name) for name in self.row.base_fields}

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Return the values of each row."""
        filled = [self.row(each) for each in value or []]
        errors = [
            ValidationError(_("Línea %(number)d: %(error)s"), params={"number": n, "error": text})
            for n, form in enumerate(filled, start=1)
            for texts in form.errors.values()
            for text in texts
        ]
        if errors:
            raise ValidationError(errors)
        return [form.cleaned_data for form in filled]


class _JoinedInput(forms.TextInput):
    joint = ", "

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:
        """Return what was sent once or several times as one text."""
        return self.joint.join(map(str, data.getlist(name))) if hasattr(data, "getlist") else ""


class WordsField(forms.CharField):
    """Some words or short phrases between commas."""

    def __init__(self, *, most: int, longest: int = 60, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        kwargs.setdefault("help_text", _("Separadas por comas; cinco como máximo."))
        super().__init__(required=False, widget=_JoinedInput, **kwargs)

    def prepare_value(self, value: Any) -> str:
        """Return them as one text."""
        return ", ".join(value) if isinstance(value, list | tuple) else value or ""

    def clean(self, value: Any) -> Any:
        """Return them one by one, none twice."""
        typed = super().clean(value)
        words = list(dict.fromkeys(filter(None, (word.strip() for word in typed.split(",")))))
        if len(words) > self.most:
            raise ValidationError(_("Escriba %(most)d como máximo.") % {"most": self.most})
        if any(len(word) > self.longest for word in words):
            raise ValidationError(_("Una de ellas es demasiado larga."))
        return words


class JoinedArea(forms.Textarea):
    """Lines that may also come one by one."""

    def __init__(self) -> None:
        super().__init__(attrs=lines(3).attrs)

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:
        """Return what was sent once or several times as lines."""
        return "\n".join(map(str, data.getlist(name))) if hasattr(data, "getlist") else ""

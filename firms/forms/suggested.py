"""A line of text with suggestions from a list, in which anything else may be written too."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from firms.lists import Entry


class SuggestedInput(forms.TextInput):
    """The browser shows the suggestions as one writes; without them it is a plain line."""

    suggestions: tuple[tuple[str, str], ...] = ()

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the line, and the list that it names."""
        given = {**(attrs or {}), "list": f"{name}-list"}
        line = super().render(name, value, given, renderer)
        return render_to_string(
            "firms/profile/suggested.html",
            {"line": line, "list": f"{name}-list", "suggestions": self.suggestions},
        )


def suggest(field: forms.Field, entries: Iterable[Entry], *, by_code: bool = False) -> None:
    """Let a field suggest the entries of a list, by their signs or by their names."""
    if isinstance(field.widget, SuggestedInput):
        field.widget.suggestions = tuple(
            (entry.code, entry.name) if by_code else (entry.name, ", ".join(entry.short))
            for entry in entries
        )

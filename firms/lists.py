"""National lists: legal forms, and the registers that programs and buyers ask for.

People write as they please; words that are in their country's list are kept as the list has them.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from clusters.models import fold

MAX_NAME = 80


@dataclass(frozen=True)
class Entry:
    """One entry of a list: its code, its name, and the shorter ways of writing it."""

    country: str
    code: str
    name: str
    short: tuple[str, ...]

    @property
    def ways(self) -> Iterator[str]:
        """Return every way of writing it, bare of accents, dots and spaces."""
        yield from (bare(text) for text in (self.name, *self.short) if text)


def bare(text: str) -> str:
    """Return a text as it is compared: letters and digits alone."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


@cache
def legal_forms() -> tuple[Entry, ...]:
    """Return the legal forms of all countries (ISO 20275)."""
    return _read("legal_forms/forms.csv")


@cache
def registers() -> tuple[Entry, ...]:
    """Return the registers of all countries; the code is the sign that programs use."""
    return _read("registers/registers.csv")


def of_country(entries: tuple[Entry, ...], country_code: str) -> list[Entry]:
    """Return the entries of a country in the order of its list."""
    return [entry for entry in entries if entry.country == country_code]


def meant(entries: tuple[Entry, ...], text: str, country_code: str) -> Entry | None:
    """Return the entry that a text writes; None when none or more than one does."""
    written = bare(text)
    named = {
        entry.code: entry
        for entry in of_country(entries, country_code)
        if written and written in {*entry.ways, bare(entry.code)}
    }
    return next(iter(named.values())) if len(named) == 1 else None


def legal_form_code(text: str, country_code: str) -> str:
    """Return the code of a legal form as it was written, or empty."""
    found = meant(legal_forms(), text, country_code)
    return found.code if found else ""


def _read(path: str) -> tuple[Entry, ...]:
    with (settings.DATA_DIR / path).open(encoding="utf-8", newline="") as file:
        return tuple(
            Entry(
                row["country"],
                row["code"],
                row["name"],
                tuple(each.strip() for each in row["abbreviations"].split(";") if each.strip()),
            )
            for row in csv.DictReader(file)
        )

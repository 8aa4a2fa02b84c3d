"""The cells of one sheet, out of the events of its XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from firms.sources.reader.limits import MAX_COLUMNS, MAX_RECORD, RefusedError
from firms.sources.reader.numbers import date_text, number_text

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
RawRow = tuple[int, list[str], list[int]]


@dataclass
class Book:
    """What the cells of all sheets refer to."""

    strings: list[str] = field(default_factory=list)
    date_styles: list[bool] = field(default_factory=list)
    is_1904: bool = False

    def is_date(self, style: str) -> bool:
        """Say whether a style shows numbers as dates."""
        index = int(style) if style.isdigit() else 0
        return index < len(self.date_styles) and self.date_styles[index]


class Cells:
    """Gathers the cells of rows; a row is ready when its end is seen."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._ready: list[RawRow] = []
        self._number = 0
        self._row: dict[int, str] = {}
        self._formulas: list[int] = []
        self._cell: dict[str, str] = {}
        self._column = -1
        self._into = ""
        self._pieces: dict[str, list[str]] = {}

    def take(self) -> Iterator[RawRow]:
        """Give the rows that are ready."""
        ready, self._ready = self._ready, []
        yield from ready

    def start(self, name: str, given: dict[str, str]) -> None:
        """See the beginning of an element."""
        if name == "row":
            self._open_row(given)
        elif name == "c":
            self._open_cell(given)
        elif name in ("v", "f", "t"):
            self._into = name
            self._pieces.setdefault(name, [])
        elif name == "rPh":
            self._into = ""

    def end(self, name: str) -> None:
        """See the end of an element."""
        if name == "c":
            self._close_cell()
        elif name == "row" and self._row:
            width = max(self._row) + 1
            cells = [self._row.get(index, "") for index in range(width)]
            if sum(map(len, cells)) > MAX_RECORD:  # few long texts that many cells point at
                raise RefusedError("expanded", MAX_RECORD)
            self._ready.append((self._number, cells, self._formulas))
        self._into = ""

    def text(self, piece: str) -> None:
        """See text."""
        if self._into:
            self._pieces[self._into].append(piece)

    def _open_row(self, given: dict[str, str]) -> None:
        said = given.get("r", "")
        number = int(said) if said.isdigit() and len(said) < len("10000000") else 0
        self._number = number if number > self._number else self._number + 1
        self._row, self._formulas, self._column = {}, [], -1

    def _open_cell(self, given: dict[str, str]) -> None:
        self._cell, self._pieces = given, {}
        found = _REFERENCE.fullmatch(given.get("r", ""))
        self._column = _column(found.group(1)) if found else self._column + 1

    def _close_cell(self) -> None:
        value = self._value()
        if "f" in self._pieces:
            self._formulas.append(self._column)
            value = value or "=" + "".join(self._pieces["f"])
        if not value:
            return
        if self._column >= MAX_COLUMNS:
            raise RefusedError("columns", MAX_COLUMNS)
        self._row[self._column] = value

    def _value(self) -> str:
        kind = self._cell.get("t", "n")
        raw = "".join(self._pieces.get("v" if kind != "inlineStr" else "t", []))
        if kind == "s":
            return self._shared(raw.strip())
        if kind == "b":
            return _BOOLEANS.get(raw.strip(), raw)
        if kind == "e":
            return ""
        if kind != "n" or not raw:
            return raw
        if self._book.is_date(self._cell.get("s", "")):
            return date_text(raw, is_1904=self._book.is_1904)
        return number_text(raw)

    def _shared(self, raw: str) -> str:
        index = int(raw) if raw.isdigit() and len(raw) < len("100000000") else -1
        if not 0 <= index < len(self._book.strings):
            raise RefusedError("broken")
        return self._book.strings[index]


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1

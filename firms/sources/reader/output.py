"""Rows as they leave the reader: cut to limits, counted, under the names of their columns."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TextIO

from firms.sources.reader.limits import (
    HEADER_WITHIN,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_EXPANDED,
    MAX_ROWS,
    RefusedError,
)

FORMULA_SIGNS = ("=", "+", "-", "@")
_SHOWN_OF_LONG = 200


@dataclass
class RowOut:
    """A row, the columns that hold a formula, and what is wrong with the row as a whole."""

    number: int
    cells: list[str]
    formulas: list[int] = field(default_factory=list)
    fault: str = ""


def write(rows: Iterable[RowOut], out: TextIO, *, header_row: int | None) -> dict[str, object]:
    """Write the rows below the header as JSON lines; return the header and the count."""
    rows = iter(rows)
    first = list(islice(rows, HEADER_WITHIN))
    if not first:
        raise RefusedError("empty")
    number = _header_row(first) if header_row is None else header_row
    header = next((row.cells for row in first if row.number == number), [])
    below = (row for row in chain(first, rows) if row.number > number)
    count = size = width = 0
    for row in below:
        count += 1
        if count > MAX_ROWS:
            raise RefusedError("rows", MAX_ROWS)
        width = max(width, len(row.cells))
        line = json.dumps(_limited(row, len(header)), ensure_ascii=False)
        size += len(line)
        if size > MAX_EXPANDED:
            raise RefusedError("expanded", MAX_EXPANDED)
        out.write(line + "\n")
    if not count:
        raise RefusedError("empty")
    if max(width, len(header)) > MAX_COLUMNS:
        raise RefusedError("columns", max(width, len(header)))
    names = [name.strip()[:_SHOWN_OF_LONG] for name in header] or [""] * width
    return {"header": names, "header_row": number, "rows": count}


def _header_row(first: list[RowOut]) -> int:
    """Return the first row that is about as wide as the widest: titles above are narrow."""
    widths = [sum(bool(cell.strip()) for cell in row.cells) for row in first]
    enough = max(widths) * 0.6
    return next(r.number for r, width in zip(first, widths, strict=True) if width >= enough)


def _limited(row: RowOut, width: int) -> list[object]:
    cells, fault = [_clean(cell) for cell in row.cells], row.fault
    if width and len(cells) > width:
        extra = [cell for cell in cells[width:] if cell.strip()]
        cells, fault = cells[:width], fault or ("cells" if extra else "")
    if any("\ufffd" in cell for cell in cells):
        fault = fault or "signs"
    if any(len(cell) > MAX_CELL for cell in cells):
        cells, fault = [cell[:_SHOWN_OF_LONG] for cell in cells], "long"
    return [row.number, cells, row.formulas, fault]


def _clean(cell: str) -> str:
    """Put the sign of the unreadable where no database can keep what stands there."""
    if cell.isascii():  # known at once, however long it is
        return cell.replace("\0", "\ufffd") if "\0" in cell else cell
    return cell.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def text_rows(rows: Iterable[tuple[int, list[str], str]]) -> Iterator[RowOut]:
    """Mark the cells of a text file that a spreadsheet program would compute."""
    for number, cells, fault in rows:
        yield RowOut(number, cells, [i for i, c in enumerate(cells) if is_formula(c)], fault)


def is_formula(cell: str) -> bool:
    """Say whether a cell begins as a formula does; signed numbers and phone numbers do not."""
    bare = cell.lstrip()
    if not bare.startswith(FORMULA_SIGNS):
        return False
    return bare[0] in "=@" or not set(bare[1:]) <= set("0123456789.,()-/ ")

"""Reading of CSV files that people send, as they come: any usual delimiter and encoding.

The file is never held in memory, and reading can go on from any row by its offset. A row that
cannot be read costs that row alone: after a quote that is never closed, reading goes on at the
next line.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from firms.sources.drafts import RowRejectedError

DELIMITERS = (",", ";", "\t", "|")
MAX_RECORD = 64_000
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 20


class CannotReadTable(ValueError):
    """The file as a whole cannot be read: ``reason`` is a code, ``detail`` what was found."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Table:
    """How a file is written: its columns in order, its delimiter, where its rows begin."""

    columns: tuple[str, ...]
    delimiter: str
    start: int
    lines: int


@dataclass(frozen=True)
class Row:
    """One row, or why it cannot be read; ``end`` is the offset of the next one."""

    number: int
    end: int
    cells: dict[str, str] | None = None
    fault: RowRejectedError | None = None


def open_table(file: BinaryIO, required: Sequence[str]) -> Table:
    """Find out how a file is written.

    Raises:
        CannotReadTable: it is no CSV file, it is empty, or it lacks a required column.
    """
    file.seek(0)
    head = file.read(4)
    if head.startswith(_ZIP):
        raise CannotReadTable("workbook")
    if head.startswith(_UTF16):
        raise CannotReadTable("utf16")
    lines = _count_lines(file)
    file.seek(len(_BOM) if head.startswith(_BOM) else 0)
    first = _decode(file.readline(MAX_RECORD))
    if not first.strip():
        raise CannotReadTable("empty")
    delimiter, columns = _columns(first, required)
    missing = [name for name in required if name not in columns]
    if missing:
        raise CannotReadTable("columns", ", ".join(missing))
    return Table(columns, delimiter, file.tell(), max(0, lines - 1))


def read_rows(file: BinaryIO, table: Table, *, offset: int, number: int) -> Iterator[Row]:
    """Yield the rows from an offset on; ``number`` is that of the row before it.

    Rows are numbered as in a spreadsheet: the header is row 1, the first row of data row 2.
    """
    file.seek(offset)
    while True:
        lines = _Lines(file)
        try:
            values = next(csv.reader(lines, delimiter=table.delimiter), None)
        except (csv.Error, RowRejectedError) as error:
            number += 1
            file.seek(lines.first_end)
            fault = error if isinstance(error, RowRejectedError) else RowRejectedError("csv")
            yield Row(number, file.tell(), fault=fault)
            continue
        if values is None:
            return
        number += 1
        if any(value.strip() for value in values):
            yield _row(number, file.tell(), values, table.columns)


def _row(number: int, end: int, values: list[str], columns: tuple[str, ...]) -> Row:
    if len(values) != len(columns):
        found = f"{len(values)} / {len(columns)}"
        return Row(number, end, fault=RowRejectedError("cells", found))
    if any("\0" in value for value in values):
        return Row(number, end, fault=RowRejectedError("nul"))
    return Row(number, end, dict(zip(columns, values, strict=True)))


class _Lines:
    """The lines of one record, decoded; refuses a record that goes on and on."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = 0
        self.first_end = file.tell()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(MAX_RECORD)
        if not line:
            raise StopIteration
        is_first = self.size == 0
        self.size += len(line)
        if len(line) == MAX_RECORD and not line.endswith(b"\n"):
            self._skip_line()
        if is_first:
            self.first_end = self.file.tell()
        if self.size >= MAX_RECORD:
            raise RowRejectedError("long")
        return _decode(line)

    def _skip_line(self) -> None:
        while (piece := self.file.readline(_BLOCK)) and not piece.endswith(b"\n"):
            pass


def _columns(header: str, required: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Choose the delimiter that gives most of the required columns."""

    def split(delimiter: str) -> tuple[str, ...]:
        names = next(csv.reader([header], delimiter=delimiter), [])
        return tuple(name.strip().lower() for name in names)

    best = max(DELIMITERS, key=lambda d: len(set(split(d)) & set(required)))
    return best, split(best)


def _count_lines(file: BinaryIO) -> int:
    """Count lines in blocks; a last one without an end counts too."""
    file.seek(0)
    lines, last = 0, b"\n"
    while block := file.read(_BLOCK):
        lines += block.count(b"\n")
        last = block[-1:]
    return lines + (last != b"\n")


def _decode(line: bytes) -> str:
    """Read a line as UTF-8, else as the Windows encoding that older spreadsheets write."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")

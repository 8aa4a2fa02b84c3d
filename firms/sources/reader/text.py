"""Text files as they come: any usual encoding and separator; a broken row costs that row alone."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from firms.sources.reader.limits import (
    HEADER_WITHIN,
    MAX_CELL,
    MAX_RECORD,
    MAX_ROWS,
    RefusedError,
)

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "cp850", "mac_roman")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe", "utf-16-le", "utf-16"),
    (b"\xfe\xff", "utf-16-be", "utf-16"),
)
_SAMPLE = 64_000
_TRIED = 60
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
RawText = tuple[int, list[str], str]


def decode(content: bytes, wanted: str) -> tuple[str, str]:
    """Return the text and the encoding that it turned out to be in, or was said to be in."""
    codec, name = _codec(content, wanted)
    text = content.decode(codec, "replace").removeprefix("\ufeff")
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(4, len(text[:_SAMPLE]) // 50):
        raise RefusedError("binary")
    return text, name


def _codec(content: bytes, wanted: str) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if content.startswith(mark) and wanted in ("", name):
            return codec, name
    if wanted in ENCODINGS:
        return (_wide(content) or "utf-16-le" if wanted == "utf-16" else wanted), wanted
    if wide := _wide(content):
        return wide, "utf-16"
    return _narrow(content)


def _narrow(content: bytes) -> tuple[str, str]:
    """Return the first encoding in which every byte means something; in Latin-1 all do."""
    for codec in ("utf-8", "cp1252"):
        try:
            content.decode(codec)
        except UnicodeDecodeError:
            continue
        return codec, codec
    return "latin-1", "latin-1"


def _wide(content: bytes) -> str:
    """See UTF-16 without a mark: in Latin letters every second byte is zero."""
    sample = content[:4000]
    zeros = [sample[start::2].count(0) for start in (0, 1)]
    half = max(1, len(sample) // 2)
    if zeros[1] > half * 0.4 and zeros[0] < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros[0] > half * 0.4 and zeros[1] < half * 0.1 else ""


def delimiter_of(text: str, wanted: str) -> tuple[str, int]:
    """Return the separator that cuts rows most alike, and where the rows begin."""
    said = _SEPARATOR_LINE.match(text)
    start = said.end() if said else 0
    if wanted in DELIMITERS:
        return wanted, start
    if said and said.group(1) in DELIMITERS:
        return said.group(1), start
    return max(DELIMITERS, key=lambda sign: _evenness(text[start:], sign)), start


def _evenness(text: str, delimiter: str) -> float:
    rows = []
    for _number, cells, _fault in rows_of(text[:_SAMPLE], delimiter, 0):
        rows.append(len(cells))
        if len(rows) == _TRIED:
            break
    wide = Counter(width for width in rows if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return count / len(rows) + width / 1000


def refuse_many(text: str, delimiter: str) -> None:
    """Refuse what has too many rows before any is read: without quotes, each line is one."""
    most = MAX_ROWS + HEADER_WITHIN
    if '"' in text or text.count("\n") <= most:
        return
    if sum(1 for line in text.split("\n") if line.strip(f"{delimiter} \t\r")) > most:
        raise RefusedError("rows", MAX_ROWS)


def rows_of(text: str, delimiter: str, start: int) -> Iterator[RawText]:
    """Yield the rows that hold something; after a quote that is never closed, go on below it."""
    csv.field_size_limit(MAX_RECORD)
    source = io.StringIO(text, newline="")
    source.seek(start)
    number = width = 0
    while True:
        lines = _Lines(source)
        number += 1
        cells = _record(lines, delimiter, width)
        if cells is None:
            source.seek(lines.first_end)
            yield number, [lines.first.rstrip("\r\n")[:MAX_CELL]], "quote"
        elif not lines.first:
            return
        elif any(cell.strip() for cell in cells):
            width = len(cells)
            yield number, cells, ""


def _record(lines: "_Lines", delimiter: str, width: int) -> list[str] | None:
    """Return the cells of the next record; None if a stray quote swallowed lines below it."""
    try:
        cells = next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return None
    if len(lines.taken) > 1 and (
        (width > 1 and len(cells) != width) or not _is_strict(lines, delimiter)
    ):
        return None
    return cells


def _is_strict(lines: "_Lines", delimiter: str) -> bool:
    """Say whether the quotes of a record of several lines end where a cell ends."""
    try:
        return len(list(csv.reader(lines.taken, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


class _Lines:
    """The lines of one record; a record that goes on and on is an open quote."""

    def __init__(self, source: io.StringIO) -> None:
        self._source = source
        self._size = 0
        self.taken: list[str] = []
        self.first = ""
        self.first_end = source.tell()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._source.readline()
        if not line:
            if self._size and self.first.count('"') % 2:
                raise csv.Error("open quote")
            raise StopIteration
        if not self._size:
            self.first, self.first_end = line, self._source.tell()
        self.taken.append(line)
        self._size += len(line)
        if self._size > MAX_RECORD:
            raise csv.Error("long record")
        return line

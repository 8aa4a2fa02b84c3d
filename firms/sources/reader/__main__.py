"""``python -m firms.sources.reader OPTIONS < file > lines``: rows, then one line about the file."""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from firms.sources.reader.jail import lock_in, peak_kb
from firms.sources.reader.limits import MAX_FILE, RefusedError
from firms.sources.reader.output import RowOut, text_rows, write
from firms.sources.reader.text import decode, delimiter_of, refuse_many, rows_of
from firms.sources.reader.workbook import open_workbook
from firms.sources.reader.workbook import rows_of as sheet_rows

_ZIP = b"PK\x03\x04"
_KNOWN = ((b"\xd0\xcf\x11\xe0", "old_workbook"), (b"%PDF", "binary"), (b"PK", "broken"))


def main() -> int:
    """Read the file on standard input; answer 0, or 3 if it was refused."""
    isolation = lock_in()
    options = json.loads(sys.argv[1])
    out = sys.stdout
    try:
        about = _read(sys.stdin.buffer, options)
    except RefusedError as refused:
        said = {"refused": refused.reason, "detail": refused.detail, "peak_kb": peak_kb()}
        out.write(json.dumps(said) + "\n")
        return 3
    about |= {"isolation": isolation, "peak_kb": peak_kb()}
    out.write(json.dumps({"about": about}) + "\n")
    return 0


def _read(file: BinaryIO, options: dict[str, Any]) -> dict[str, object]:
    size = os.fstat(file.fileno()).st_size
    if size > MAX_FILE:
        raise RefusedError("size", size)
    head = file.read(4)
    file.seek(0)
    if head.startswith(_ZIP):
        rows, dialect = _workbook(file, size, options)
    else:
        rows, dialect = _text(file, head, options)
    return dialect | write(rows, sys.stdout, header_row=options.get("header_row"))


def _workbook(
    file: BinaryIO, size: int, options: dict[str, Any]
) -> tuple[Iterator[RowOut], dict[str, object]]:
    opened = open_workbook(file, size)
    wanted = options.get("sheet", "")
    sheet = wanted if wanted in opened.sheets else next(iter(opened.sheets))
    rows = (RowOut(number, cells, found) for number, cells, found in sheet_rows(opened, sheet))
    return rows, {"format": "xlsx", "sheet": sheet, "sheets": list(opened.sheets)}


def _text(
    file: BinaryIO, head: bytes, options: dict[str, Any]
) -> tuple[Iterator[RowOut], dict[str, object]]:
    for sign, reason in _KNOWN:
        if head.startswith(sign):
            raise RefusedError(reason)
    text, encoding = decode(file.read(), options.get("encoding", ""))
    delimiter, start = delimiter_of(text, options.get("delimiter", ""))
    if options.get("header_row") is None:
        refuse_many(text, delimiter)
    rows = text_rows(rows_of(text, delimiter, start))
    return rows, {"format": "csv", "encoding": encoding, "delimiter": delimiter}


if __name__ == "__main__":
    sys.exit(main())

"""Tables that leave as CSV or XLSX and open safely: a text never becomes a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

GUARD = "'"
_SIGNS = ("=", "+", "-", "@")
_BREAKS = ("\t", "\r", "\n", "\0")
_BOM = "\ufeff"
_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def guarded(text: str) -> str:
    """Return a cell that a spreadsheet program shows and does not compute.

    Full-width signs count too: some programs read them as the plain ones.
    """
    bare = unicodedata.normalize("NFKC", text[:40]).lstrip()
    if text.startswith(_BREAKS) or bare.startswith(_SIGNS):
        return GUARD + text
    return text


def csv_blocks(rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> Iterator[bytes]:
    """Yield a CSV file line by line: UTF-8 with the mark that spreadsheet programs look for."""
    yield _BOM.encode()
    for row in rows:
        line = io.StringIO()
        cells = [guarded(str(cell)).replace("\0", "") for cell in row]
        csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
        yield line.getvalue().encode("utf-8", "replace")


def workbook_bytes(sheets: Iterable[tuple[str, Iterable[Sequence[object]]]]) -> bytes:
    """Return an XLSX file of named sheets, each cell a text."""
    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name[:31])
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=str(value).translate(_CONTROL))
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""The first step: the file is read by the locked process, and its columns are guessed."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.core.files.storage import default_storage

from common.jobs import Continue
from firms.identifiers import TAX_SCHEMES
from firms.models import ColumnMemory, Spreadsheet, SpreadsheetRow, SpreadsheetState
from firms.services.imports.copying import copy_in
from firms.services.spreadsheets.starting import forget_file, path_of
from firms.sources.cells import date_order, decimal_sign
from firms.sources.columns import guess_columns, signature_of
from firms.sources.sandbox import CannotReadFile, FileRow, read_file

WRITTEN_AT_ONCE = 2_000
SAMPLE = 200
_BLOCK = 1 << 20
_ASKED = ("encoding", "delimiter", "sheet", "header_row")


def read_spreadsheet(sheet: Spreadsheet, now: dt.datetime) -> Continue | None:
    """Read the file into rows, and stop for a person to look at the columns."""
    sheet.rows.all().delete()
    options = {name: sheet.dialect[name] for name in _ASKED if name in sheet.dialect}
    try:
        with tempfile.TemporaryFile(prefix="racimo-sheet-") as file:
            _copy_out(sheet, file)
            with read_file(file, options) as found:
                sample = _keep(sheet, found.rows)
                about = {k: v for k, v in found.about.items() if k != "peak_kb"}
    except FileNotFoundError:
        _fail(sheet, CannotReadFile("lost"), now)
    except CannotReadFile as error:
        _fail(sheet, error, now)
    else:
        _describe(sheet, about, sample)
        _leave(sheet, state=SpreadsheetState.MAPPING)
    return None


def header_signature(header: Sequence[str]) -> str:
    """Return what files with the same names of columns have in common."""
    return hashlib.sha256(signature_of(header).encode()).hexdigest()


def _copy_out(sheet: Spreadsheet, file: Any) -> None:
    with default_storage.open(path_of(sheet)) as stored:
        while block := stored.read(_BLOCK):
            file.write(block)
    file.flush()
    file.seek(0)


def _keep(sheet: Spreadsheet, rows: Iterable[FileRow]) -> list[list[str]]:
    """Write the rows; return the cells of the first ones."""
    rows = iter(rows)
    sample: list[list[str]] = []
    while part := list(islice(rows, WRITTEN_AT_ONCE)):
        sample += [row.cells for row in part[: SAMPLE - len(sample)]]
        copy_in(
            rows=[
                SpreadsheetRow(
                    spreadsheet=sheet,
                    number=row.number,
                    cells=row.cells,
                    formulas=row.formulas,
                    fault=row.fault,
                )
                for row in part
            ]
        )
    return sample


def _describe(sheet: Spreadsheet, about: dict[str, Any], sample: list[list[str]]) -> None:
    columns = list(zip(*_squared(sample, len(about["header"])), strict=True))
    flat = [cell for column in columns for cell in column]
    sheet.header, sheet.rows_total, sheet.rows_done = about.pop("header"), about.pop("rows"), 0
    guessed = {"decimal": decimal_sign(flat), "dates": date_order(flat)}
    sheet.dialect = guessed | sheet.dialect | about
    known = sheet.mapping or remembered_columns(sheet)
    sheet.mapping = known or guess_columns(sheet.header, sample, _countries(sheet))
    sheet.mapping = {name: at for name, at in sheet.mapping.items() if at < len(sheet.header)}


def remembered_columns(sheet: Spreadsheet) -> dict[str, int]:
    """Return what the person, or else a colleague, said of a file with the same header."""
    rows = ColumnMemory.objects.filter(signature=header_signature(sheet.header))
    own = rows.filter(user=sheet.created_by).first()
    if own is None and sheet.owner_id:
        own = rows.filter(owner=sheet.owner).order_by("-updated_at", "-pk").first()
    return dict(own.mapping) if own else {}


def _countries(sheet: Spreadsheet) -> list[str]:
    country = sheet.dialect.get("country")
    return [country] if country else list(TAX_SCHEMES)


def _squared(rows: list[list[str]], width: int) -> list[list[str]]:
    return [(row + [""] * width)[:width] for row in rows]


def _fail(sheet: Spreadsheet, error: CannotReadFile, now: dt.datetime) -> None:
    said = f"{error.reason}:{error.detail}"[:250]
    _leave(sheet, state=SpreadsheetState.FAILED, error=said, finished_at=now)
    forget_file(sheet)


def _leave(sheet: Spreadsheet, **columns: object) -> None:
    """Write what was found, unless somebody cancelled meanwhile."""
    reading = Spreadsheet.objects.filter(pk=sheet.pk, state=SpreadsheetState.READING)
    found = ("header", "dialect", "mapping", "rows_total", "rows_done")
    reading.update(**({name: getattr(sheet, name) for name in found} | columns))

"""What people do with a spreadsheet: say what columns are, mend rows, import, cancel, undo."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from firms.models import (
    ColumnMemory,
    Fate,
    RowChoice,
    Spreadsheet,
    SpreadsheetRow,
    SpreadsheetState,
)
from firms.policies.spreadsheets import may_import, needs_moderation
from firms.services.spreadsheets.judging import BY_NAME, JUDGED, Court, judge_rows
from firms.services.spreadsheets.places import current_reference
from firms.services.spreadsheets.reading import header_signature
from firms.services.spreadsheets.starting import ask_to_advance, forget_file

State = SpreadsheetState
MENDABLE = (State.CHECKED, State.MAPPING)
CANCELLABLE = (
    State.READING, State.MAPPING, State.CHECKING, State.CHECKED, State.HELD, State.RUNNING
)  # fmt: skip
UNDOABLE = (State.FINISHED, State.CANCELLED)
MAX_REJUDGED = 50


class CannotMoveSpreadsheet(Exception):
    """It is not in the state for that, or the actor may no longer."""


@transaction.atomic
def read_again(*, by: User, sheet: Spreadsheet, dialect: Mapping[str, Any]) -> None:
    """Read the file once more, as the person says that it is written."""
    row = _locked(sheet, by, MENDABLE)
    row.dialect = {**row.dialect, **dialect}
    row.mapping, row.state = {}, State.READING
    row.save()
    ask_to_advance(row, by)


@transaction.atomic
def map_columns(
    *, by: User, sheet: Spreadsheet, mapping: Mapping[str, int], dialect: Mapping[str, Any]
) -> None:
    """Say what the columns are, remember it for the next such file, and have all rows checked."""
    row = _locked(sheet, by, MENDABLE)
    row.mapping, row.dialect = dict(mapping), {**row.dialect, **dialect}
    row.state, row.rows_done = State.CHECKING, 0
    row.save()
    row.rows.update(fate="", key="", number_key="", choice="", alike=None, problems=[], values={})
    ColumnMemory.objects.update_or_create(
        user=by,
        signature=header_signature(row.header),
        defaults={"mapping": row.mapping, "owner": row.owner},
    )
    ask_to_advance(row, by)


@transaction.atomic
def mend_row(
    *, by: User, sheet: Spreadsheet, number: int, cells: Mapping[int, str], today: dt.date
) -> SpreadsheetRow:
    """Correct cells of a row, and judge it again with those that repeat it."""
    held = _locked(sheet, by, (State.CHECKED,))
    row = held.rows.select_for_update().get(number=number)
    wide = [*row.cells, *[""] * (len(held.header) - len(row.cells))]
    row.cells = [cells.get(index, cell) for index, cell in enumerate(wide)]
    row.formulas = [index for index in row.formulas if index not in cells]
    row.fault = "" if cells else row.fault
    court = Court(held, by, current_reference(), today)
    old_key = row.key
    judge_rows([row], court)
    row.save()
    if old_key and old_key != row.key:
        repeats = list(held.rows.filter(key=old_key).order_by("number")[:MAX_REJUDGED])
        judge_rows(repeats, court)
        SpreadsheetRow.objects.bulk_update(repeats, JUDGED)
    return row


@transaction.atomic
def choose_for_row(*, by: User, sheet: Spreadsheet, number: int, choice: str) -> SpreadsheetRow:
    """Say whether a row that looks like an organization is the same, another, or stays out."""
    held = _locked(sheet, by, (State.CHECKED,))
    row = held.rows.select_for_update().get(number=number)
    is_bound = choice == RowChoice.DIFFERENT and row.values.get("alike_by") != BY_NAME
    if row.fate != Fate.ALIKE or choice not in RowChoice.values or is_bound:
        raise CannotMoveSpreadsheet
    row.choice = choice
    row.save(update_fields=["choice"])
    return row


@transaction.atomic
def choose_for_all(*, by: User, sheet: Spreadsheet, choice: str) -> int:
    """Answer alike for all rows that look like an organization and have no answer yet."""
    held = _locked(sheet, by, (State.CHECKED,))
    open_rows = held.rows.filter(fate=Fate.ALIKE, choice="")
    if choice == RowChoice.DIFFERENT:
        open_rows = open_rows.filter(values__alike_by=BY_NAME)
    if choice not in RowChoice.values:
        raise CannotMoveSpreadsheet
    return open_rows.update(choice=choice)


@transaction.atomic
def run_spreadsheet(*, by: User, sheet: Spreadsheet) -> Spreadsheet:
    """Begin the import, or have it wait for staff when nobody vouches for its owner."""
    row = _locked(sheet, by, (State.CHECKED,))
    row.created_by = by  # whose rights every chunk is checked against
    row.rows_done = 0
    is_held = needs_moderation(by, row.owner, row.rows_total)
    row.state = State.HELD if is_held else State.RUNNING
    row.save()
    if row.state == State.RUNNING:
        ask_to_advance(row, by)
    return row


@transaction.atomic
def release_spreadsheet(
    *, by: User, sheet: Spreadsheet, is_accepted: bool, now: dt.datetime
) -> None:
    """Let a spreadsheet that waited for staff be imported with its author's rights, or not."""
    row = Spreadsheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    if row.state != State.HELD or not by.is_staff:
        raise CannotMoveSpreadsheet
    row.state = State.RUNNING if is_accepted else State.CANCELLED
    if is_accepted:
        ask_to_advance(row, by)
    else:
        row.error, row.finished_at = "refused:", now
        forget_file(row)
    row.save()


@transaction.atomic
def cancel_spreadsheet(*, by: User, sheet: Spreadsheet, now: dt.datetime) -> None:
    """Stop: the chunk that runs ends, no other begins; what was imported can be undone."""
    row = _locked(sheet, by, CANCELLABLE)
    row.state, row.finished_at = State.CANCELLED, now
    row.save(update_fields=["state", "finished_at", "updated_at"])
    forget_file(row)


@transaction.atomic
def undo_spreadsheet(*, by: User, sheet: Spreadsheet) -> None:
    """Begin to take back what the import wrote and nobody has changed since."""
    row = _locked(sheet, by, UNDOABLE)
    row.state, row.created_by = State.UNDOING, by
    row.save()
    ask_to_advance(row, by)


def _locked(sheet: Spreadsheet, by: User, states: Sequence[str]) -> Spreadsheet:
    row = Spreadsheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    if row.state not in states or not may_import(by, row.owner, row.cluster):
        raise CannotMoveSpreadsheet
    return row

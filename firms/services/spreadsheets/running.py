"""Checking and importing, a chunk at a time: each is one transaction, whole or not at all."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import F, QuerySet

from accounts.models import User
from common.jobs import Continue
from firms.models import (
    Fate,
    Outcome,
    RowChoice,
    Spreadsheet,
    SpreadsheetRow,
    SpreadsheetState,
)
from firms.policies.spreadsheets import importable_organizations, may_import
from firms.services.imports.copying import write_changed
from firms.services.spreadsheets.judging import BY_NAME, JUDGED, Court, judge_rows
from firms.services.spreadsheets.places import current_reference
from firms.services.spreadsheets.starting import forget_file
from firms.services.spreadsheets.writing import (
    create_organizations,
    propose_to_cluster,
    update_organizations,
)

ROWS_PER_CHUNK = 500
WRITTEN = (*JUDGED, "outcome", "written_revision", "before")


def check_chunk(sheet: Spreadsheet, actor: User, now: dt.datetime) -> Continue | None:
    """Judge the next rows; after the last one the preview is ready."""
    rows = _next(sheet.rows.filter(fate=""))
    if not rows:
        _arrive(sheet, SpreadsheetState.CHECKING, SpreadsheetState.CHECKED)
        return None
    judge_rows(rows, Court(sheet, actor, current_reference(), now.date()))
    write_changed(rows=rows, columns=JUDGED)
    return _go_on(sheet, rows)


def run_chunk(sheet: Spreadsheet, actor: User, now: dt.datetime) -> Continue | None:
    """Import the next rows, judged anew: rights and numbers may have changed since the check."""
    if not may_import(actor, sheet.owner, sheet.cluster):
        _stop(sheet, now)
        return None
    rows = _next(sheet.rows.filter(outcome=""))
    if not rows:
        if _arrive(sheet, SpreadsheetState.RUNNING, SpreadsheetState.FINISHED, finished_at=now):
            forget_file(sheet)
        return None
    court = Court(sheet, actor, current_reference(), now.date())
    judge_rows(rows, court, look=False)
    _carry_out(rows, court)
    write_changed(rows=rows, columns=WRITTEN)
    return _go_on(sheet, rows)


def _carry_out(rows: Sequence[SpreadsheetRow], court: Court) -> None:
    for row in rows:
        _resolve(row)
    same = [row for row in rows if row.outcome == Outcome.RECOGNIZED]
    updates = [row for row in rows if row.fate == Fate.UPDATE and not row.outcome]
    ids = {row.organization_id for row in (*same, *updates) if row.organization_id}
    own_rows = importable_organizations(court.actor, court.sheet.owner).filter(pk__in=ids)
    own = {
        row.pk: row
        for row in own_rows.select_for_update(of=("self",)).prefetch_related(
            "activity_records", "sites", "identifiers"
        )
    }
    updates += [row for row in same if row.organization_id in own]
    update_organizations(updates, own, court)
    create_organizations([row for row in rows if not row.outcome], court)
    kept = (Outcome.SKIPPED, Outcome.REJECTED)
    propose_to_cluster([row for row in rows if row.outcome not in kept], court)


def _resolve(row: SpreadsheetRow) -> None:
    """Settle what needs no writing; rows that are created or updated stay open."""
    if row.fate == Fate.REJECT:
        row.outcome = Outcome.REJECTED
    elif row.fate == Fate.UNCHANGED:
        row.outcome = Outcome.UNCHANGED
    elif row.fate == Fate.ALIKE:
        _answer(row)


def _answer(row: SpreadsheetRow) -> None:
    if row.choice == RowChoice.SAME:
        row.organization_id, row.outcome = row.alike_id, Outcome.RECOGNIZED
    elif row.choice != RowChoice.DIFFERENT or row.values.get("alike_by") != BY_NAME:
        row.outcome = Outcome.SKIPPED


def _next(rows: QuerySet[SpreadsheetRow]) -> list[SpreadsheetRow]:
    return list(rows.order_by("number")[:ROWS_PER_CHUNK])


def _go_on(sheet: Spreadsheet, rows: Sequence[SpreadsheetRow]) -> Continue:
    """Count what is done; the state is left alone, for somebody may be cancelling."""
    Spreadsheet.objects.filter(pk=sheet.pk).update(rows_done=F("rows_done") + len(rows))
    done = sheet.rows_done + len(rows)
    payload = {"state": sheet.state, "after": rows[-1].number}
    return Continue(payload, done=done, total=sheet.rows_total)


def _arrive(sheet: Spreadsheet, before: str, after: str, **columns: object) -> bool:
    rows = Spreadsheet.objects.filter(pk=sheet.pk, state=before)
    return bool(rows.update(state=after, **columns))


def _stop(sheet: Spreadsheet, now: dt.datetime) -> None:
    """End an import whose author may no longer do it; what was done stays and can be undone."""
    _arrive(
        sheet,
        SpreadsheetState.RUNNING,
        SpreadsheetState.CANCELLED,
        error="forbidden:",
        finished_at=now,
    )
    forget_file(sheet)

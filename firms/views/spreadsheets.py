"""Bringing in a spreadsheet: upload, columns, preview, import, undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.htmx import render_page, wants_partial
from common.jobs import progress
from firms.forms.spreadsheets import ColumnsForm, DialectForm, UploadForm
from firms.models import Fate, Outcome, RowChoice, Spreadsheet, SpreadsheetRow, SpreadsheetState
from firms.policies.spreadsheets import (
    changeable_spreadsheets,
    may_import_anything,
    visible_spreadsheets,
)
from firms.services.spreadsheets import moving, showing
from firms.services.spreadsheets.running import ROWS_PER_CHUNK
from firms.services.spreadsheets.starting import (
    KIND,
    CannotImport,
    paste_spreadsheet,
    start_spreadsheet,
)
from firms.services.spreadsheets.undoing import stuck_rows, undoable_rows
from firms.views.answers import SEE_OTHER, UNPROCESSABLE, person, see_other
from firms.views.spreadsheet_words import FIELD_WORDS, reasons_of, refusal_words

PAGE_SIZE = 25
LISTED = 20
SHOWN_STUCK = 100
CELL_PREFIX = "cell-"
MOVING = ("reading", "checking", "running", "undoing")


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List what was brought in, and take the next file."""
    if not may_import_anything(request.user):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(person(request), *sent)
    if form.is_valid():
        try:
            sheet = _start(request, form)
        except CannotImport:
            form.add_error("to", _("Ya no puede importar para esta organización."))
        else:
            return see_other("firms:import", sheet.public_id)
    rows = visible_spreadsheets(request.user).order_by("-created_at", "-pk")
    page = Paginator(rows, LISTED).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    status = UNPROCESSABLE if form.is_bound else 200
    return render_page(
        request, "firms/spreadsheets/imports.html", context, partial="past", status=status
    )


def _start(request: HttpRequest, form: UploadForm) -> Spreadsheet:
    owner, cluster = form.targets[form.cleaned_data["to"]]
    file, by = form.cleaned_data["file"], person(request)
    if file:
        return start_spreadsheet(
            by=by, file=file.file, file_name=file.name, owner=owner, cluster=cluster
        )
    return paste_spreadsheet(by=by, text=form.cleaned_data["text"], owner=owner, cluster=cluster)


@require_safe
def spreadsheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a spreadsheet by its state: progress, columns, the fate of rows, or what came of it."""
    sheet = get_object_or_404(visible_spreadsheets(request.user), public_id=public_id)
    return _page(request, sheet)


def _page(request: HttpRequest, sheet: Spreadsheet, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "sheet": sheet,
        "may_change": changeable_spreadsheets(request.user).filter(pk=sheet.pk).exists(),
        "may_release": person(request).is_staff and sheet.state == SpreadsheetState.HELD,
        "refusal": refusal_words(sheet),
        "is_moving": sheet.state in MOVING,
        "chunk": ROWS_PER_CHUNK,
        "in_columns": bool(forms) or _in_columns(request, sheet),
    }
    if context["is_moving"]:
        context["progress"] = progress(KIND, sheet.pk)
    elif context["in_columns"]:
        context |= _columns_context(sheet, **forms)
    elif sheet.state not in (SpreadsheetState.FAILED, SpreadsheetState.READING):
        context |= _rows_context(request, sheet)
    status = UNPROCESSABLE if forms else 200
    return render_page(
        request, "firms/spreadsheets/import.html", context, partial="now", status=status
    )


def _in_columns(request: HttpRequest, sheet: Spreadsheet) -> bool:
    asks = request.GET.get("step") == "columns" and sheet.state in moving.MENDABLE
    return asks or sheet.state == SpreadsheetState.MAPPING


def _columns_context(
    sheet: Spreadsheet, form: ColumnsForm | None = None, dialect: DialectForm | None = None
) -> dict[str, Any]:
    form = form or ColumnsForm(sheet, FIELD_WORDS)
    columns = form.columns(showing.sample_of(sheet))
    return {"form": form, "columns": columns, "dialect": dialect or DialectForm(sheet)}


def _rows_context(request: HttpRequest, sheet: Spreadsheet) -> dict[str, Any]:
    """Return the counts, and a page of the rows of the fate or outcome that is looked at."""
    is_over = sheet.state not in (SpreadsheetState.CHECKED, SpreadsheetState.HELD)
    column, kinds = ("outcome", Outcome) if is_over else ("fate", Fate)
    wanted = request.GET.get("fate", "")
    rows = showing.rows_of(sheet)
    if wanted in kinds.values:
        rows = rows.filter(**{column: wanted})
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        **_counts_context(request, sheet),
        "page": page,
        "rows": [_row_context(sheet, row) for row in page],
        "undecided": 0 if is_over else showing.undecided_count(sheet),
        "undoable": is_over and undoable_rows(sheet).count(),
    }


def _counts_context(request: HttpRequest, sheet: Spreadsheet) -> dict[str, Any]:
    is_over = sheet.state not in (SpreadsheetState.CHECKED, SpreadsheetState.HELD)
    column, kinds = ("outcome", Outcome) if is_over else ("fate", Fate)
    counts = showing.counts_of(sheet, column=column)
    return {
        "counts": [(str(kind), kind.label, counts[kind]) for kind in kinds if counts.get(kind)],
        "total": sheet.rows_total,
        "wanted": request.GET.get("fate", ""),
        "writes": showing.written_count(sheet),
    }


def _row_context(sheet: Spreadsheet, row: SpreadsheetRow) -> dict[str, Any]:
    values = row.values
    number, place = values.get("number", {}), values.get("place", {})
    facts = [number.get("value"), place.get("name"), values.get("activity", {}).get("code")]
    return {
        "row": row,
        "name": values.get("legal_name") or next((c for c in row.cells if c.strip()), ""),
        "facts": [fact for fact in (*facts, values.get("website")) if fact],
        "reasons": reasons_of(row),
        "is_by_number": values.get("alike_by") != "name",
    }


@require_POST
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take what the columns are and check all rows, or how the file is written and read it."""
    sheet = get_object_or_404(changeable_spreadsheets(request.user), public_id=public_id)
    if request.POST.get("act") == "read":
        dialect = DialectForm(sheet, request.POST)
        if not dialect.is_valid():
            return _page(request, sheet, dialect=dialect)
        return _moved(request, sheet, moving.read_again, dialect=dialect.cleaned_data)
    form = ColumnsForm(sheet, FIELD_WORDS, request.POST)
    if not form.is_valid():
        return _page(request, sheet, form=form)
    said = {name: form.cleaned_data[name] for name in ("country", "decimal", "dates")}
    return _moved(request, sheet, moving.map_columns, mapping=form.mapping(), dialect=said)


def _moved(request: HttpRequest, sheet: Spreadsheet, service: Any, **given: Any) -> HttpResponse:
    try:
        service(by=person(request), sheet=sheet, **given)
    except moving.CannotMoveSpreadsheet:
        messages.info(request, _("La planilla ya cambió de estado: esto es lo que hay ahora."))
    return see_other("firms:import", sheet.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Correct a row, or say whether it is the organization that it looks like."""
    sheet = get_object_or_404(changeable_spreadsheets(request.user), public_id=public_id)
    held = get_object_or_404(showing.rows_of(sheet), number=number)
    if request.method == "POST":
        try:
            _change_row(request, sheet, number)
        except moving.CannotMoveSpreadsheet:
            messages.info(request, _("La planilla ya cambió de estado: esto es lo que hay ahora."))
        if not wants_partial(request):
            return HttpResponseRedirect(_back(sheet, request), status=SEE_OTHER)
        held = get_object_or_404(showing.rows_of(sheet), number=number)
    context = {
        "sheet": sheet,
        "line": _row_context(sheet, held),
        "cells": _cells(sheet, held),
        "may_change": True,
        "is_editing": request.method != "POST",
        "back": request.GET.get("fate", ""),
    }
    if request.method == "POST":
        context |= _counts_context(request, sheet)
    return render_page(request, "firms/spreadsheets/row.html", context, partial="line")


def _change_row(request: HttpRequest, sheet: Spreadsheet, number: int) -> None:
    given: dict[str, Any] = {"by": person(request), "sheet": sheet, "number": number}
    if choice := request.POST.get("choice"):
        moving.choose_for_row(choice=choice, **given)
        return
    cells = {
        index: request.POST[f"{CELL_PREFIX}{index}"][:2_000].replace("\0", "")
        for index in range(len(sheet.header))
        if f"{CELL_PREFIX}{index}" in request.POST
    }
    moving.mend_row(cells=cells, today=timezone.now().date(), **given)


def _back(sheet: Spreadsheet, request: HttpRequest) -> str:
    fate = request.GET.get("fate", "")
    address = reverse("firms:import", args=[sheet.public_id])
    return f"{address}?fate={fate}" if fate in Fate.values else address


def _cells(sheet: Spreadsheet, held: SpreadsheetRow) -> list[dict[str, Any]]:
    """Return the cells that are used, those with a problem first."""
    wrong = {problem["field"] for problem in held.problems}
    used = sorted(sheet.mapping.items(), key=lambda item: (item[0] not in wrong, item[1]))
    return [
        {
            "id": f"{CELL_PREFIX}{index}",
            "label": FIELD_WORDS.get(name, name),
            "header": sheet.header[index],
            "value": held.cells[index] if index < len(held.cells) else "",
            "is_wrong": name in wrong,
        }
        for name, index in used
    ]


@require_POST
def move(request: HttpRequest, public_id: UUID, move: str) -> HttpResponse:
    """Import, cancel, undo, or answer for all; staff let what waits go on or not."""
    now = timezone.now()
    if move in ("release", "refuse"):
        sheet = get_object_or_404(visible_spreadsheets(request.user), public_id=public_id)
        if not person(request).is_staff:
            raise Http404
        given: dict[str, Any] = {"is_accepted": move == "release", "now": now}
        return _moved(request, sheet, moving.release_spreadsheet, **given)
    sheet = get_object_or_404(changeable_spreadsheets(request.user), public_id=public_id)
    if move == "choose":
        choice = request.POST.get("choice", "")
        return _moved(request, sheet, moving.choose_for_all, choice=choice)
    moves: dict[str, tuple[Any, dict[str, Any]]] = {
        "run": (moving.run_spreadsheet, {}),
        "cancel": (moving.cancel_spreadsheet, {"now": now}),
        "undo": (moving.undo_spreadsheet, {}),
    }
    if move not in moves:
        raise Http404
    service, given = moves[move]
    return _moved(request, sheet, service, **given)


@require_safe
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what undoing takes back, and what it cannot."""
    sheet = get_object_or_404(changeable_spreadsheets(request.user), public_id=public_id)
    if sheet.state not in moving.UNDOABLE:
        return redirect("firms:import", public_id)
    stuck = stuck_rows(sheet)
    count = stuck.count()
    context = {
        "sheet": sheet,
        "stuck": stuck[:SHOWN_STUCK],
        "stuck_count": count,
        "going": undoable_rows(sheet).count() - count,
        "choices": RowChoice,
    }
    return render(request, "firms/spreadsheets/undo.html", context)

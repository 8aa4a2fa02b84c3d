"""Files to take away: a template to fill in, and the rows that did not come in."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.exports import csv_blocks, workbook_bytes
from firms.models import Spreadsheet, SpreadsheetRow
from firms.policies.spreadsheets import may_import_anything, visible_spreadsheets
from firms.services.spreadsheets.showing import rows_left_out, template_rows
from firms.views.spreadsheet_words import FIELD_WORDS, reasons_of

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give a file to fill in, with one example; the workbook says what each column takes."""
    if kind not in ("csv", "xlsx") or not may_import_anything(request.user):
        raise Http404
    headings = {name: str(word) for name, word in FIELD_WORDS.items()}
    rows = template_rows(headings)
    if kind == "xlsx":
        sheets = [(_("Organizaciones"), rows), (_("Instrucciones"), _instructions(headings))]
        return _file(HttpResponse(workbook_bytes(sheets), content_type=_WORKBOOK), "racimo.xlsx")
    blocks = b"".join(csv_blocks(rows, delimiter=";"))
    return _file(HttpResponse(blocks, content_type="text/csv; charset=utf-8"), "racimo.csv")


@require_safe
def left_out(request: HttpRequest, public_id: UUID) -> StreamingHttpResponse:
    """Give the rows that did not come in, as they stood, with their fate and the reasons."""
    sheet = get_object_or_404(visible_spreadsheets(request.user), public_id=public_id)
    answer = StreamingHttpResponse(
        csv_blocks(_rows(sheet), delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="racimo-filas.csv"'
    return answer


def _rows(sheet: Spreadsheet) -> Iterator[list[object]]:
    width = len(sheet.header)
    yield [*sheet.header, _("Fila"), _("Destino"), _("Motivo")]
    for row in rows_left_out(sheet):
        cells = (row.cells + [""] * width)[:width]
        yield [*cells, row.number, _fate(row), " ".join(text for _is, text in reasons_of(row))]


def _fate(row: SpreadsheetRow) -> str:
    fate = row.get_outcome_display() if row.outcome else row.get_fate_display()
    if row.alike and not row.organization_id:
        return f"{fate}: {row.alike.name}"
    return fate


def _file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _instructions(headings: dict[str, str]) -> list[list[str]]:
    needed = {
        "legal_name": _("Obligatoria."),
        "country": _("Nombre o dos letras. Si falta, vale el que elija al subir el archivo."),
        "tax_number": _("Con o sin puntos. Evita registros repetidos."),
        "external_id": _("Si la tiene, úsela siempre igual: así una segunda vez actualiza."),
        "activity": _("Código CIIU (o SCIAN en México), o el nombre de la actividad."),
        "city": _("Con su región o estado cuando hay varias iguales."),
        "latitude": _("En grados. Los decimales, con punto o con coma."),
        "longitude": _("En grados. En América es negativa."),
        "founded_on": _("Día, mes y año, o solo el año."),
        "size_class": _("Micro, pequeña, mediana o grande."),
        "role_email": _("De la organización, no de una persona."),
    }
    rows = [[heading, needed.get(name, _("Opcional."))] for name, heading in headings.items()]
    return [[_("Columna"), _("Cómo llenarla")], *rows]

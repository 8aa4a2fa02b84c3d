"""Tables as files of any length: CSV, XLSX and GeoJSON, written a piece at a time.

Each format has a head, rows and a tail; pieces of rows may be written by different processes and
put together later. No text becomes a formula (``common.exports.guarded``); XLSX cells are texts.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from xml.sax.saxutils import escape

from common.exports import guarded

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    GEOJSON: "application/geo+json",
}
LONGEST_CELL = 32_767
_BOM = "\ufeff"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
    '<sheet name="Racimo" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


@dataclass(frozen=True)
class Line:
    """One row: its values by column, and where it stands, longitude first."""

    values: Mapping[str, Any]
    point: tuple[float, float] | None = None


def head(form: str, titles: Sequence[str]) -> bytes:
    """Return what stands before the rows."""
    if form == CSV:
        return (_BOM + _csv_line(titles)).encode()
    if form == XLSX:
        start = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
        return (start + _xlsx_line(titles)).encode()
    return b'{"type":"FeatureCollection","features":[\n'


def piece(form: str, lines: Iterable[Line], *, is_first: bool) -> bytes:
    """Return rows in a row; only the first piece of a file has nothing before it."""
    if form == CSV:
        return "".join(_csv_line(line.values.values()) for line in lines).encode("utf-8", "replace")
    if form == XLSX:
        return "".join(_xlsx_line(line.values.values()) for line in lines).encode()
    text = ",\n".join(_feature(line) for line in lines)
    return (text if is_first or not text else f",\n{text}").encode("utf-8", "replace")


def tail(form: str) -> bytes:
    """Return what stands after the rows."""
    return {CSV: b"", XLSX: b"</sheetData></worksheet>", GEOJSON: b"\n]}\n"}[form]


def put_together(form: str, pieces: Iterator[bytes], out: IO[bytes]) -> None:
    """Write a file out of head, pieces and tail, holding one piece at a time."""
    if form != XLSX:
        out.writelines(pieces)
        return
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in _BOOK.items():
            book.writestr(name, text)
        with book.open(_SHEET, "w", force_zip64=True) as sheet:
            for each in pieces:
                sheet.write(each)


def _csv_line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    plain = [guarded(_text(cell)).replace("\0", "") for cell in cells]
    csv.writer(line, lineterminator="\r\n").writerow(plain)
    return line.getvalue()


def _xlsx_line(cells: Iterable[Any]) -> str:
    inner = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{_xml(_text(cell))}</t></is></c>'
        for cell in cells
    )
    return f"<row>{inner}</row>"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text[:LONGEST_CELL]))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _feature(line: Line) -> str:
    point = line.point
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    feature = {"type": "Feature", "geometry": geometry, "properties": dict(line.values)}
    return json.dumps(feature, ensure_ascii=False, default=str)

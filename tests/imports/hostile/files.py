"""Files that nobody means well with, made by code: none is kept."""

import io
import struct
import zipfile
from collections.abc import Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
    '<sheet name="Hoja" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'{HEAD}<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"


def cell(text: str, formula: str = "") -> str:
    """Return an inline cell, or one with a formula and its last value."""
    if formula:
        return f'<c t="str"><f>{formula}</f><v>{text}</v></c>'
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str, dimension: str = "", doctype: str = "") -> str:
    """Return the XML of a sheet."""
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    body = "".join(f"<row>{row}</row>" for row in rows)
    return (
        f'{HEAD}{doctype}<worksheet xmlns="{MAIN}">{said}<sheetData>{body}</sheetData></worksheet>'
    )


def workbook(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an XLSX file of some parts, the usual ones added."""
    usual = {"xl/workbook.xml": WORKBOOK, "xl/_rels/workbook.xml.rels": RELATIONS}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing, compresslevel=9) as archive:
        for name, content in {**usual, **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """Return a small file whose sheet unpacks to much."""
    row = "<row>" + cell("A" * 1_000) + "</row>"
    body = row * (megabytes * 1_000)
    return workbook({SHEET: f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}'})


def lying_size(megabytes: int) -> bytes:
    """Return a bomb whose directory declares a thousand bytes for the sheet."""
    content = bytearray(bomb(megabytes))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        real = struct.pack("<I", archive.getinfo(SHEET).file_size)
    at = content.find(real)
    while at >= 0:
        content[at : at + 4] = struct.pack("<I", 1_000)
        at = content.find(real, at + 4)
    return bytes(content)


def many_parts(count: int) -> bytes:
    """Return a workbook with more parts than any has."""
    return workbook({f"xl/worksheets/s{n}.xml": "<a/>" for n in range(count)})


def laughs() -> bytes:
    """Return entities that stand for ten of the one before, nine times over."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lines}]>'
    return workbook({SHEET: sheet(cell("&l9;"), doctype=doctype)})


def outside(address: str) -> bytes:
    """Return an entity that would be fetched."""
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    return workbook({SHEET: sheet(cell("&e;"), doctype=doctype)})


def deep(levels: int) -> bytes:
    """Return elements within elements."""
    body = "<a>" * levels + "</a>" * levels
    return workbook({SHEET: f'{HEAD}<worksheet xmlns="{MAIN}">{body}</worksheet>'})


def amplified() -> bytes:
    """Return a few long shared strings that very many cells point at."""
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    row = '<c t="s"><v>0</v></c>' * 100
    parts = {SHEET: sheet(cell("nombre"), *[row] * 100), "xl/sharedStrings.xml": strings}
    return workbook(parts, zipfile.ZIP_STORED)

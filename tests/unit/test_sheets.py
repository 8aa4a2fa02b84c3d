"""Files of any text open as tables, whatever the text, however they are cut into pieces."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from common import sheets

CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["=1+1", "+5", "-2", "@SUM(A1)", "\t=1", "＝cmd", " =HYPERLINK(1)", "\r=1"]),
)
ROWS = st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), max_size=8)
TITLES = ["Uno", "Dos"]


def written(form: str, rows: list[dict[str, str]], cut: int) -> bytes:
    lines = [sheets.Line(row, (-70.5, -33.25)) for row in rows]
    parts = [part for part in (lines[:cut], lines[cut:]) if part]
    pieces = [
        sheets.head(form, TITLES),
        *(sheets.piece(form, part, is_first=i == 0) for i, part in enumerate(parts)),
        sheets.tail(form),
    ]
    out = io.BytesIO()
    sheets.put_together(form, iter(pieces), out)
    return out.getvalue()


@given(rows=ROWS, cut=st.integers(0, 8))
def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(rows, cut):
    text = written(sheets.CSV, rows, cut).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[0] == TITLES
    assert len(found) == len(rows) + 1
    for line, row in zip(found[1:], rows, strict=True):
        for cell, told in zip(line, row.values(), strict=True):
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
            kept = told.encode("utf-8", "replace").decode().replace("\0", "")
            assert cell in (kept, f"'{kept}")


@given(rows=ROWS, cut=st.integers(0, 8))
def test_a_workbook_opens_and_every_cell_is_a_text(rows, cut):
    sheet = load_workbook(io.BytesIO(written(sheets.XLSX, rows, cut))).active
    assert sheet.max_row == len(rows) + 1
    assert all(cell.data_type in ("s", "n", "inlineStr") for row in sheet.rows for cell in row)
    assert not any(cell.data_type == "f" for row in sheet.rows for cell in row)


@given(rows=ROWS, cut=st.integers(0, 8))
def test_geojson_says_what_it_was_given(rows, cut):
    found = json.loads(written(sheets.GEOJSON, rows, cut))
    kept = [json.loads(json.dumps(row).encode("utf-8", "replace")) for row in rows]
    said = [feature["properties"] for feature in found["features"]]
    clean = [{k: v.encode("utf-8", "replace").decode() for k, v in row.items()} for row in kept]
    assert said == clean
    assert all(f["geometry"]["coordinates"] == [-70.5, -33.25] for f in found["features"])


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", '<b>&"', "line\nbreak", "\x00\x0b\ud800x"])
def test_a_workbook_keeps_hostile_text_as_text(text):
    book = written(sheets.XLSX, [{"a": text, "b": ""}], 1)
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None
    cell = load_workbook(io.BytesIO(book)).active["A2"]
    assert cell.data_type != "f"
    assert cell.value == text.translate({0: None, 0x0B: None, 0xD800: None})

"""Hostile files are refused in under a second and 50 MB, or read right."""

import io
import os
import socket
import tempfile
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.exports import csv_blocks, workbook_bytes
from firms.sources.sandbox import CannotReadFile, FileRow, read_file
from tests.imports.hostile import files

MAX_S, MAX_KB = 1.0, 50_000
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: files.bomb(90), "ratio"),
    "a bomb of 300 MB": (lambda: files.bomb(300), "expanded"),
    "a size that lies": (lambda: files.lying_size(60), "broken"),
    "too many parts": (lambda: files.many_parts(150), "entries"),
    "a million laughs": (files.laughs, "doctype"),
    "an address to fetch": (lambda: files.outside("http://127.0.0.1:9/x"), "doctype"),
    "a file to read": (lambda: files.outside("file:///etc/passwd"), "doctype"),
    "elements without end": (lambda: files.deep(5_000), "depth"),
    "one string a million times": (files.amplified, "expanded"),
    "no workbook": (lambda: files.workbook({"xl/workbook.xml": "<a/>"}), "no_workbook"),
    "half a file": (lambda: files.workbook({files.SHEET: "<a>"})[:300], "broken"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "old_workbook"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "binary"),
    "a PDF": (lambda: b"%PDF-1.7 nada", "binary"),
    "nothing": (lambda: b"", "empty"),
    "more than 10 MB": (lambda: b"a;b\n" * 3_000_000, "size"),
    "too many rows": (lambda: b"a;b\n" * 60_000, "rows"),
    "too many columns": (lambda: b";".join([b"a"] * 300) + b"\n" + b"1;" * 300, "columns"),
}


def read(content: bytes, **options: object) -> list[FileRow]:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        file.seek(0)
        with read_file(file, options) as found:
            return list(found.rows)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    make, reason = REFUSED[name]
    content = make()
    begun = time.monotonic()
    with pytest.raises(CannotReadFile) as refused:
        read(content)
    assert refused.value.reason == reason
    assert time.monotonic() - begun < MAX_S + os.getloadavg()[0]
    assert 0 < refused.value.peak_kb < MAX_KB


def test_nothing_is_fetched() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        with pytest.raises(CannotReadFile):
            read(files.outside(f"http://127.0.0.1:{port}/x.dtd"))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize("said", ["A1:B2", "A1:XFD1048576", "A1", "ZZZ"])
def test_what_a_sheet_says_of_its_size_is_not_believed(said: str) -> None:
    rows = [files.cell("nombre"), *[files.cell(f"Taller {n}") for n in range(500)]]
    found = read(files.workbook({files.SHEET: files.sheet(*rows, dimension=said)}))
    assert [row.cells[0] for row in found] == [f"Taller {n}" for n in range(500)]


def test_a_formula_is_read_as_its_last_value_and_said_so() -> None:
    rows = (files.cell("nombre"), files.cell("Viña", formula="CMD()"))
    (row,) = read(files.workbook({files.SHEET: files.sheet(*rows)}))
    assert (row.cells, row.formulas) == (["Viña"], [0])


ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_separator_is_read_right(encoding: str, sign: str) -> None:
    lines = [["nombre", "ciudad"], ["Viña Ñuñoa", "Concepción"], ["Açúcar", "São Paulo"]]
    text = "\r\n".join(sign.join(line) for line in lines)
    found = read(text.encode(encoding))
    assert [row.cells for row in found] == lines[1:]


def test_a_quote_that_is_never_closed_costs_its_row_alone() -> None:
    found = read(b'nombre;rut\n"Uno;1\nDos;2\n"Tres";3\n')
    assert [(row.number, row.fault) for row in found] == [(2, "quote"), (3, ""), (4, "")]
    assert found[1].cells == ["Dos", "2"]


def test_a_zero_byte_costs_its_row_alone() -> None:
    found = read(b"nombre;rut\nUno\0;1\nDos;2\n")
    assert [row.fault for row in found] == ["signs", ""]


def test_the_process_has_no_network() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"a;b\n1;2\n")
        file.flush()
        file.seek(0)
        with read_file(file, {}) as found:
            assert found.about["isolation"] in ("namespace", "hook")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_leaves_comes_back(rows: list[list[str]]) -> None:
    table = [["a", "b", "c"], *rows]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    for content in (b"".join(csv_blocks(table)), workbook_bytes([("x", table)])):
        if not kept:
            continue
        found = [row.cells for row in read(content, delimiter=",", header_row=1)]
        bare = [[cell.removeprefix("'") for cell in row] for row in found]
        assert bare == [[cell.removeprefix("'") for cell in row] for row in kept]


def test_exports_hold_no_formula() -> None:
    payloads = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1+1", "\0=1", "=HYPERLINK(1)"]
    text = b"".join(csv_blocks([[p] for p in payloads])).decode("utf-8-sig")
    assert all(line.lstrip('"').startswith("'") for line in text.split("\r\n") if line)
    content = workbook_bytes([("x", [["nombre"], *[[p] for p in payloads]])])
    assert not any(row.formulas for row in read(content))
    assert io.BytesIO(content).read(2) == b"PK"

"""CSV files as people send them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.sources.tables import MAX_RECORD, CannotReadTable, Row, Table, open_table, read_rows

COLUMNS = ("id", "name")


def table_of(content: bytes) -> tuple[io.BytesIO, Table]:
    file = io.BytesIO(content)
    return file, open_table(file, COLUMNS)


def rows_of(content: bytes) -> list[Row]:
    file, table = table_of(content)
    return list(read_rows(file, table, offset=table.start, number=1))


def cells_of(content: bytes) -> list[dict[str, str] | None]:
    return [row.cells for row in rows_of(content)]


ONE = [{"id": "1", "name": "Viña Ñandú"}]


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n1,Viña Ñandú\n".encode(),
        "id;name\r\n1;Viña Ñandú\r\n".encode(),
        "id\tname\n1\tViña Ñandú".encode(),
        "id|name\n1|Viña Ñandú\n".encode(),
        "ID , Name\n1,Viña Ñandú\n".encode(),
        b"\xef\xbb\xbf" + "id,name\n1,Viña Ñandú\n".encode(),
        "id,name\n1,Viña Ñandú\n".encode("cp1252"),
        "id,name\n\n1,Viña Ñandú\n\n\n".encode(),
    ],
    ids=["plain", "semicolon", "tab", "bar", "spaced header", "BOM", "Windows", "blank lines"],
)
def test_reads_every_usual_way_of_writing_a_table(content):
    assert cells_of(content) == ONE


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"", "empty", ""),
        (b"\n", "empty", ""),
        (b"PK\x03\x04 a workbook", "workbook", ""),
        ("id,name\n1,x\n".encode("utf-16"), "utf16", ""),
        (b"id,nombre\n1,x\n", "columns", "name"),
        (b"hello", "columns", "id, name"),
    ],
)
def test_says_why_a_file_cannot_be_read(content, reason, detail):
    with pytest.raises(CannotReadTable) as caught:
        table_of(content)
    assert (caught.value.reason, caught.value.detail) == (reason, detail)


def test_numbers_rows_as_a_spreadsheet_does():
    rows = rows_of(b'id,name\n1,"two\nlines"\n\n2,b\n')
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"2", "cells"),
        (b"2,b,c", "cells"),
        (b"2,b\x00b", "nul"),
        (b"2," + b"x" * (MAX_RECORD + 10), "long"),
        (b"2," + b"x" * (3 * MAX_RECORD), "long"),
    ],
)
def test_a_row_that_cannot_be_read_costs_that_row_alone(line, reason):
    rows = rows_of(b"id,name\n1,a\n" + line + b"\n3,c\n")
    assert [row.fault and row.fault.reason for row in rows] == [None, reason, None]
    assert [row.number for row in rows] == [2, 3, 4]


def test_goes_on_after_quotes_that_are_never_closed():
    after = b"".join(b"%d,name %d\n" % (n, n) for n in range(3, 9000))
    rows = rows_of(b'id,name\n1,a\n2,"open\n' + after)
    assert rows[1].fault is not None
    assert rows[1].fault.reason == "long"
    assert len(rows) == 8999
    assert rows[-1].cells == {"id": "8999", "name": "name 8999"}


def test_goes_on_from_any_row():
    file, table = table_of(b'id,name\n1,a\n2,"b\nb"\n3,c\n')
    whole = list(read_rows(file, table, offset=table.start, number=1))
    for row in whole:
        rest = list(read_rows(file, table, offset=row.end, number=row.number))
        assert rest == whole[whole.index(row) + 1 :]


def test_counts_lines_as_an_upper_bound_of_rows():
    _, table = table_of(b"id,name\n1,a\n2,b")
    assert table.lines == 2


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_it(tail):
    for row in rows_of(b"id,name\n" + tail):
        assert (row.cells is None) != (row.fault is None)
        if row.cells:
            assert set(row.cells) == set(COLUMNS)
            assert "\0" not in "".join(row.cells.values())

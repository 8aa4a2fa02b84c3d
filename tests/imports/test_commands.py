"""The commands as a person at a terminal sees them."""

import pytest
from django.core.management import CommandError

from firms.models import ImportBatch, ImportKind, Organization
from firms.services.imports.reasons import FILES, ROWS
from firms.services.imports.registers import register_of
from tests.imports.conftest import import_bytes, run_command
from tests.imports.rows import contract, plant, research, write_csv

pytestmark = pytest.mark.django_db


def test_says_what_came_of_the_rows(world, tmp_path):
    path = write_csv(tmp_path / "c.csv", [contract(), contract(id="2", price_eur="-3")])
    said = run_command("import_contracts", path)
    assert "Fila 3: el precio no es un número positivo (-3)." in said
    assert "2 filas: 1 nuevas, 0 cambiadas, 0 sin cambios, 1 rechazadas." in said


def test_prints_as_many_rejections_as_asked(world, tmp_path):
    path = write_csv(tmp_path / "c.csv", [plant(nra=str(n), lat="x") for n in range(5)])
    said = run_command("import_establishments", path, rejections=2)
    assert said.count("las coordenadas no existen") == 2
    assert "y 3 filas más." in said


def test_tells_how_far_it_has_come(world, tmp_path):
    path = write_csv(tmp_path / "r.csv", [research()])
    assert "100 % leído" in run_command("import_ror", path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "el archivo está vacío"),
        (b"PK\x03\x04zip", "es un libro de Excel; guárdelo como CSV"),
        (b"\xff\xfei\x00d\x00", "guárdelo como CSV en UTF-8"),
        (b"id,object\n1,x\n", r"le faltan columnas \(contract_type"),
    ],
)
def test_says_why_a_file_cannot_be_read(world, tmp_path, content, sentence):
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run_command("import_contracts", path)
    assert ImportBatch.objects.get().finished_at


def test_says_that_a_file_is_not_there(world, tmp_path):
    with pytest.raises(CommandError, match=r"No se puede leer .*none\.csv"):
        run_command("import_ror", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="No se puede leer"):
        run_command("import_ror", tmp_path)
    assert not ImportBatch.objects.exists()


def test_a_file_of_another_kind_is_told_apart_by_its_columns(world, tmp_path):
    path = write_csv(tmp_path / "r.csv", [research()])
    with pytest.raises(CommandError, match="le faltan columnas"):
        run_command("import_contracts", path)


DIRT = {
    "semicolons and Windows letters": (
        ";".join(contract()) + "\n" + ";".join(contract().values()).replace(", ", " ")
    ).encode("cp1252"),
    "a mark at the start": b"\xef\xbb\xbf"
    + (",".join(contract()) + "\n" + ",".join(f'"{c}"' for c in contract().values())).encode(),
}


@pytest.mark.parametrize("content", DIRT.values(), ids=DIRT)
def test_usual_files_of_spreadsheets_are_read(world, content):
    batch = import_bytes(ImportKind.CONTRACTS, content)
    assert (batch.created, batch.rejected, batch.error) == (1, 0, "")
    assert Organization.objects.filter(legal_name="Município de Góis").exists()


def test_hostile_cells_are_rejected_or_kept_as_text(world):
    values = list(contract(id="x", object="=HYPERLINK(1)<script>alert(1)</script>").values())
    lines = [
        ",".join(contract()),
        ",".join(f'"{value}"' for value in values),
        "1,2,3",
        ",".join(["\0"] * len(values)),
        ",".join(["x" * 70_000] * len(values)),
        ",".join(["💥" * 300] * len(values)),
        '"' + ",".join(values),
    ]
    batch = import_bytes(ImportKind.CONTRACTS, "\n".join(lines).encode())
    assert batch.created == 1
    reasons = list(batch.rejections.order_by("row_number").values_list("reason", flat=True))
    assert reasons == ["cells", "nul", "long", "date", "cells"]


@pytest.mark.parametrize("kind", list(ImportKind))
def test_long_cells_never_break_a_column(world, kind):
    row = {"contracts": contract, "establishments": plant, "ror": research}[kind]()
    fixed = {
        "id", "ror_id", "nra", "buyer_nif", "supplier_nif", "published", "price_eur", "cpv",
        "lat", "lon", "scian", "country", "types", "place", "state",
    }  # fmt: skip
    long = {name: value if name in fixed else "Ñandú " * 2_000 for name, value in row.items()}
    lines = [",".join(long), ",".join(f'"{value}"' for value in long.values())]
    batch = import_bytes(kind, "\n".join(lines).encode())
    assert (batch.error, batch.created + batch.rejected) == ("", 1)
    assert batch.finished_at


def test_every_reason_is_said_in_words():
    used = {
        "cells", "check_digit", "code", "consortium", "coordinates", "country", "cpv", "csv",
        "date", "duplicate", "empty", "format", "kind", "length", "long", "nul", "number",
        "outside", "person", "price", "ror", "scian",
    }  # fmt: skip
    assert used == set(ROWS)
    assert set(FILES) == {"columns", "empty", "lost", "utf16", "workbook"}


def test_every_kind_of_file_has_its_register():
    assert all(register_of(kind=kind).columns for kind in ImportKind)

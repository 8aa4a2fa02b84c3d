#!/usr/bin/env python3
"""A real, dirty spreadsheet brought in: ``bench/imports.py [ROWS ...]``; each line is JSON.

Rows are those of Mexico's plant register (RETC), with Spanish headers, Windows letters, semicolons,
decimal commas, repeated rows, wrong RFCs, points outside the country and places left out. More rows
than the register has are its rows again under other numbers. Everything is undone at the end.
"""

import csv
import io
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "data" / "demo" / "registers" / "establishments.csv"
HEADER = (
    "N° de registro", "Razón social", "Planta", "RFC", "Actividad", "Estado", "Municipio",
    "Latitud", "Longitud", "Correo",
)  # fmt: skip


def dirty_rows(path: Path, count: int, seed: int = 7) -> tuple[bytes, dict[str, int]]:
    """Return a spreadsheet and how many rows were spoiled in each way."""
    dice = random.Random(seed)
    with path.open(encoding="utf-8", newline="") as lines:
        source = list(csv.DictReader(lines))
    spoiled = {"repeated": 0, "bad_number": 0, "outside": 0, "no_name": 0, "no_place": 0}
    rows: list[list[str]] = []
    for index in range(count):
        row = _row(source[index % len(source)], index // len(source))
        luck = dice.random()
        if luck < 0.03 and rows:
            row, kind = list(rows[-1]), "repeated"
        elif luck < 0.06:
            row[3], kind = "ABC010101AB0", "bad_number"
        elif luck < 0.08:
            row[7], kind = "48,85", "outside"
        elif luck < 0.09:
            row[1] = row[2] = ""
            kind = "no_name"
        elif luck < 0.15:
            row[5:9] = ["", "", "", ""]
            kind = "no_place"
        else:
            kind = ""
        if kind:
            spoiled[kind] += 1
        rows.append(row)
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADER, *rows])
    return out.getvalue().encode("cp1252", "replace"), spoiled


def _row(plant: dict[str, str], copy: int) -> list[str]:
    suffix = f"-{copy}" if copy else ""
    return [
        plant["nra"] + suffix,
        plant["firm"] + (f" {copy}" if copy else ""),
        plant["plant"],
        "",
        plant["scian_es"],
        plant["state"],
        plant["municipality"],
        plant["lat"].replace(".", ","),
        plant["lon"].replace(".", ","),
        "",
    ]


if __name__ == "__main__":
    os.chdir(ROOT)
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():
        sys.exit("Not installed yet. Run bin/setup test first.")
    os.execv(python, [str(python), "-m", "bench.imports_run", *sys.argv[1:]])  # noqa: S606 -- ours

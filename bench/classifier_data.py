"""What the classifier learns from: labels, Spanish tenders, Portuguese contracts."""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from matching.engine.text import fold

CODE = re.compile(r"\d{8}")
SINCE_YEAR = "2020"


@dataclass(frozen=True)
class Row:
    """A text, the divisions it belongs to, its codes as far as known, and what it weighs."""

    text: str
    divisions: frozenset[str]
    codes: tuple[str, ...]
    weight: float
    is_label: bool = False


def tenth(text: str) -> int:
    """Return in which tenth of the texts a text lies, by its hash."""
    return int(hashlib.sha256(fold(text).encode()).hexdigest(), 16) % 10


def tenders(path: Path, skip: frozenset[int]) -> Iterator[Row]:
    """Read Spanish tenders (descripcion, cpv_divisions) once per text, without some tenths."""
    seen = set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            text = fold(row["descripcion"])
            if text not in seen and tenth(text) not in skip:
                yield Row(text, frozenset(row["cpv_divisions"].split("|")), (), 1.0)
            seen.add(text)


def known_texts(path: Path) -> set[str]:
    """Return the texts of a file of tenders, held out ones too."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {fold(row["descripcion"]) for row in csv.DictReader(lines)}


def platform_tenders(path: Path, known: set[str]) -> Iterator[Row]:
    """Read tenders and lots of Spain's platform (a workbook), first published since 2020."""
    book = openpyxl.load_workbook(path, read_only=True)
    found: defaultdict[str, set[str]] = defaultdict(set)
    late = set()
    for row in _sheet(book["Licitaciones"]):
        if row["Primera publicación"][:4] >= SINCE_YEAR:
            late.add(row["Identificador"])
            found[fold(row["Objeto del Contrato"])].update(CODE.findall(row["CPV"]))
    for row in _sheet(book["Resultados"]):
        if row["Identificador"] in late:
            codes = CODE.findall(row["CPV licitación/lote"])
            found[fold(row["Objeto licitación/lote"])].update(codes)
    for text, codes in found.items():
        if text and codes and text not in known:
            divisions = frozenset(code[:2] for code in codes)
            yield Row(text, divisions, tuple(sorted(codes)), 0.6)


def contracts(path: Path, until: str) -> Iterator[Row]:
    """Read Portuguese contracts (object, cpv, published) before a day, once per text."""
    seen = set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            text, codes = fold(row["object"]), tuple(CODE.findall(row["cpv"])[:1])
            if codes and text not in seen and row["published"] < until:
                seen.add(text)
                yield Row(text, frozenset({codes[0][:2]}), codes, 0.3)


def labels(path: Path) -> Iterator[Row]:
    """Read the labels of the scheme; the Spanish ones teach divisions too."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            code = row["code"]
            for language in ("es", "pt", "en"):
                weight = 0.3 if language == "es" else 0.2
                text = fold(row[f"label_{language}"])
                yield Row(text, frozenset({code[:2]}), (code,), weight, is_label=True)


def _sheet(sheet: Any) -> Iterator[dict[str, str]]:
    """Read the rows by the names of the first; the file states its size wrongly."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    names = [str(name) for name in next(rows)]
    for row in rows:
        yield {name: str(value or "") for name, value in zip(names, row, strict=False)}

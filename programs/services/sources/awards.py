"""Who a program supported, read from a CSV: an organization by its number or by its source."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from firms.models import Organization
from programs.models import Award, Program
from programs.models.awards import FIRST_YEAR, LAST_YEAR
from programs.services.sources.entries import CannotLoad, Remark

COLUMNS = ("program", "scheme", "number", "year", "amount", "currency", "reference", "url")


@dataclass(frozen=True)
class AwardEntry:
    """One row: a program's address, an organization's number in a registry, and what it got."""

    line: int
    program: str
    scheme: str
    number: str
    year: int
    amount: Decimal | None = None
    currency: str = ""
    reference: str = ""
    url: str = ""


def read_awards(path: Path) -> list[AwardEntry]:
    """Read a whole file. Raises ``CannotLoad`` for a row that is not as it should be."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_entries(csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotLoad(f"{path.name}: {error}") from error


def _entries(rows: "csv.DictReader[str]") -> Iterator[AwardEntry]:
    missing = set(COLUMNS[:4]) - set(rows.fieldnames or ())
    if missing:
        raise CannotLoad(f"Faltan columnas: {', '.join(sorted(missing))}")
    for line, row in enumerate(rows, start=2):
        try:
            yield _entry(line, {name: (row.get(name) or "").strip() for name in COLUMNS})
        except (ValueError, InvalidOperation) as error:
            raise CannotLoad(f"Fila {line}: año o monto que no se entiende") from error


def _entry(line: int, row: Mapping[str, str]) -> AwardEntry:
    year = int(row["year"])
    amount = Decimal(row["amount"]) if row["amount"] else None
    if not FIRST_YEAR <= year <= LAST_YEAR or (amount is None) == bool(row["currency"]):
        raise ValueError(row["year"])
    if amount is not None and not (amount.is_finite() and amount > 0):
        raise ValueError(row["amount"])
    names = (row["program"], row["scheme"], row["number"])
    rest = (row["currency"].upper(), row["reference"], row["url"])
    return AwardEntry(line, *names, year, amount, *rest)


@transaction.atomic
def write_awards(entries: list[AwardEntry], *, source: str) -> tuple[int, list[Remark]]:
    """Keep awards of published programs; return how many are new, and the rows left out.

    A scheme is a registry ("CL-RUT"), or "source:" and where a record without numbers came from.
    """
    programs = {row.slug: row for row in Program.objects.published()}
    before = Award.objects.count()
    remarks: list[Remark] = []
    rows = []
    for entry in entries:
        program, organization = programs.get(entry.program), _organization(entry)
        if program is None or organization is None:
            what = "programa" if program is None else "organización"
            remarks.append(Remark(f"fila {entry.line}", f"no conocemos esa {what}"))
            continue
        rows.append(_award(entry, program, organization, source))
    Award.objects.bulk_create(rows, ignore_conflicts=True)
    return Award.objects.count() - before, remarks


def _award(entry: AwardEntry, program: Program, holder: Organization, source: str) -> Award:
    return Award(
        program=program,
        organization=holder,
        year=entry.year,
        amount=entry.amount,
        currency=entry.currency,
        source=source,
        source_ref=entry.reference,
        source_url=entry.url,
    )


def _organization(entry: AwardEntry) -> Organization | None:
    if entry.scheme.startswith("source:"):
        known = {"source": entry.scheme.removeprefix("source:"), "source_ref": entry.number}
        return Organization.objects.filter(**known).first()
    number = "".join(sign for sign in entry.number.upper() if sign.isalnum())
    return Organization.objects.filter(
        identifiers__scheme=entry.scheme,
        identifiers__normalized__in={number, entry.number.upper()},
    ).first()

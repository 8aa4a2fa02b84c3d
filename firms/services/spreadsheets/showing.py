"""What pages show of spreadsheets: counts, rows, and the rows as files to take away."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, QuerySet

from firms.models import Fate, Outcome, RowChoice, Spreadsheet, SpreadsheetRow

SAMPLE = 8
NOT_IN = (Outcome.REJECTED, Outcome.SKIPPED, Outcome.KEPT)


def counts_of(sheet: Spreadsheet, *, column: str) -> dict[str, int]:
    """Return how many rows have each fate, or each outcome."""
    rows = sheet.rows.order_by().values_list(column).annotate(count=Count("pk"))
    return dict(rows)


def rows_of(sheet: Spreadsheet) -> QuerySet[SpreadsheetRow]:
    """Return the rows in the order of the file, with whom they look like."""
    return sheet.rows.select_related("alike", "organization").order_by("number")


def sample_of(sheet: Spreadsheet) -> list[list[str]]:
    """Return the cells of the first rows."""
    return list(sheet.rows.order_by("number").values_list("cells", flat=True)[:SAMPLE])


def written_count(sheet: Spreadsheet) -> int:
    """Return how many rows an import would write as they stand."""
    counts = counts_of(sheet, column="fate")
    answered = sheet.rows.filter(fate=Fate.ALIKE).exclude(choice__in=("", RowChoice.SKIP)).count()
    return counts.get(Fate.CREATE, 0) + counts.get(Fate.UPDATE, 0) + answered


def undecided_count(sheet: Spreadsheet) -> int:
    """Return how many rows look like an organization and wait for an answer."""
    return sheet.rows.filter(fate=Fate.ALIKE, choice="").count()


def rows_left_out(sheet: Spreadsheet) -> Iterator[SpreadsheetRow]:
    """Yield the rows that did not come in: as judged before the import, as done after it."""
    rows = rows_of(sheet)
    if sheet.rows.exclude(outcome="").exists():
        yield from rows.filter(outcome__in=NOT_IN).iterator(chunk_size=1_000)
    else:
        yield from rows.filter(fate__in=(Fate.REJECT, Fate.ALIKE)).iterator(chunk_size=1_000)


def template_rows(headings: Mapping[str, str]) -> list[list[str]]:
    """Return a file to fill in: the names of the columns and one example."""
    return [
        list(headings.values()),
        [EXAMPLE.get(name, "") for name in headings],
    ]


EXAMPLE = {
    "external_id": "S-001",
    "legal_name": "Etiquetas del Valle SpA",
    "trade_name": "Etival",
    "kind": "empresa",
    "country": "CL",
    "tax_number": "76.086.428-5",
    "city": "Talca",
    "region": "Maule",
    "address": "Camino a Chile 120",
    "activity": "1811",
    "one_line": "Etiquetas autoadhesivas para botellas",
    "website": "etival.example",
    "role_email": "ventas@etival.example",
    "size_class": "pequeña",
    "founded_on": "2012-05-03",
}

"""What the tables of spreadsheets refuse."""

import pytest

from firms.models import ColumnMemory
from tests.factories import SpreadsheetFactory, SpreadsheetRowFactory, UserFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_progress_never_passes_the_rows_of_the_file() -> None:
    with violates("spreadsheet_progress_within_total"):
        SpreadsheetFactory(rows_total=1, rows_done=2)


def test_a_file_that_failed_says_why() -> None:
    with violates("spreadsheet_failed_says_why"):
        SpreadsheetFactory(state="failed", error="")


def test_a_row_stands_once() -> None:
    row = SpreadsheetRowFactory()
    with violates("spreadsheet_row_once"):
        SpreadsheetRowFactory(spreadsheet=row.spreadsheet, number=row.number)


def test_a_person_remembers_a_header_once() -> None:
    user = UserFactory()
    ColumnMemory.objects.create(user=user, signature="a", mapping={})
    with violates("column_memory_once"):
        ColumnMemory.objects.create(user=user, signature="a", mapping={})

"""Dated values of units: reading them, and loading them from a file."""

import csv
import datetime as dt
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError

from programs.eligibility.units import UnitTable
from programs.eligibility.units import UnitValue as Worth
from programs.models import UnitValue

COLUMNS = ["unit", "currency", "valid_from", "value", "source"]


class CannotLoadUnits(Exception):
    """A file of unit values cannot be read; the message says which line and why."""


def unit_table() -> UnitTable:
    """Return all values known."""
    rows = UnitValue.objects.values_list("unit", "currency", "valid_from", "value")
    return UnitTable(Worth(*row) for row in rows)


def load_units(*, path: Path) -> int:
    """Write the rows of a CSV file, replacing values of the same day; return how many.

    Raises:
        CannotLoadUnits: a column or a value is not as expected; nothing is written then.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise CannotLoadUnits(f"se esperan las columnas {', '.join(COLUMNS)}")
        rows = [_row(line, values) for line, values in enumerate(reader, start=2)]
    UnitValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "currency", "valid_from"],
        update_fields=["value", "source"],
    )
    return len(rows)


def _row(line: int, values: dict[str, str]) -> UnitValue:
    try:
        row = UnitValue(
            unit=values["unit"],
            currency=values["currency"],
            valid_from=dt.date.fromisoformat(values["valid_from"]),
            value=Decimal(values["value"]),
            source=values["source"],
        )
        row.clean_fields()
        row.clean()
        row.validate_constraints(exclude={"unit"})
    except (ValueError, InvalidOperation, TypeError) as error:
        raise CannotLoadUnits(f"línea {line}: {error}") from error
    except ValidationError as error:
        raise CannotLoadUnits(f"línea {line}: {'; '.join(error.messages)}") from error
    return row

"""Load dated values of indexed units (UF, UVT, UIT ...) from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programs.services.units import CannotLoadUnits, load_units

DEFAULT = Path(settings.BASE_DIR) / "data" / "units" / "values.csv"


class Command(BaseCommand):
    help = "Carga valores de unidades: columnas unit, currency, valid_from, value, source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="?", default=DEFAULT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_units(path=options["path"])
        except (CannotLoadUnits, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} valores de unidades")

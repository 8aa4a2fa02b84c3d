"""Import who was supported by programs from a CSV; running it again changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.services.sources.awards import read_awards, write_awards
from programs.services.sources.entries import CannotLoad


class Command(BaseCommand):
    help = (
        "Importa apoyos otorgados: program, scheme, number, year, y si se saben amount, currency,"
        " reference, url."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="Quién los publicó.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = read_awards(options["file"])
        except CannotLoad as error:
            raise CommandError(str(error)) from error
        new, remarks = write_awards(entries, source=options["source"][:60])
        for remark in remarks:
            self.stdout.write(f"  {remark.where}: {remark.what}")
        self.stdout.write(f"{len(entries)} filas: {new} apoyos nuevos, {len(remarks)} sin lugar")

"""Load programs and calls from the project's data files; running it again changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programs.services.sources import bdns, files
from programs.services.sources.entries import CannotLoad, Remark
from programs.services.sources.write import Tally, write_programs

FOLDER = Path(settings.BASE_DIR) / "data" / "programs"
SHOWN_REMARKS = 20


class Command(BaseCommand):
    help = "Carga programas y convocatorias: los de data/programs/latam y los de la BDNS de España."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        now = timezone.now()
        remarks: list[Remark] = []
        try:
            by_hand = files.read_files(folder=folder / "latam", today=now.date())
            self._tell(files.SOURCE, write_programs(source=files.SOURCE, entries=by_hand, now=now))
            register = bdns.read_bdns(path=folder / "bdns" / "calls.csv", remarks=remarks)
            self._tell(bdns.SOURCE, write_programs(source=bdns.SOURCE, entries=register, now=now))
        except CannotLoad as error:
            raise CommandError(str(error)) from error
        for remark in remarks[:SHOWN_REMARKS]:
            self.stdout.write(f"  {bdns.SOURCE} {remark.where}: {remark.what}")
        if len(remarks) > SHOWN_REMARKS:
            self.stdout.write(f"  ... y {len(remarks) - SHOWN_REMARKS} observaciones más")

    def _tell(self, source: str, tally: Tally) -> None:
        self.stdout.write(
            f"{source}: {tally.programs} programas, {tally.calls} convocatorias;"
            f" {tally.new} filas nuevas, {tally.changed} cambiadas"
        )

"""bin/manage load_reference: places, classifications and certificates from data/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.services.reference import DATA_SETS, CannotLoadReference, Loaded, load_reference


class Command(BaseCommand):
    help = "Load places, classifications and certificates; what has not changed is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.DATA_DIR)
        names = [data_set.name for data_set in DATA_SETS]
        parser.add_argument("--only", nargs="+", choices=names, default=names)
        parser.add_argument("--force", action="store_true", help="Load even what has not changed.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_reference(
                folder=options["folder"],
                now=timezone.now(),
                force=options["force"],
                data_sets=[one for one in DATA_SETS if one.name in options["only"]],
            )
        except CannotLoadReference as error:
            raise CommandError(error) from error
        for data_set in loaded:
            self.stdout.write(_sentence(data_set))


def _sentence(loaded: Loaded) -> str:
    said = (
        _("%(name)s: %(rows)d filas cargadas.")
        if loaded.changed
        else _("%(name)s: sin cambios (%(rows)d filas).")
    )
    return said % {"name": loaded.name, "rows": loaded.rows}

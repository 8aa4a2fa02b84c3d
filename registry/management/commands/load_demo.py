"""bin/manage load_demo: real registers, three illustrated clusters, people to sign in as."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.services.reference import CannotLoadReference
from registry.demo.entries import CannotLoadDemo
from registry.demo.load import load_demo


class Command(BaseCommand):
    help = "Make the demo world; what is there and unchanged is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.DATA_DIR / "demo")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HTTPS:
            raise CommandError(
                _("Esta instalación es pública: aquí no se crean cuentas de demostración.")
            )
        if not settings.DEMO:
            self.stdout.write(_("RACIMO_DEMO=0: no se crea el mundo de demostración."))
            return
        try:
            is_new = load_demo(folder=options["folder"], clock=timezone.now, tell=self._tell)
        except (CannotLoadDemo, CannotLoadReference) as error:
            raise CommandError(
                _("No se puede crear el mundo de demostración: %(why)s") % {"why": error}
            ) from error
        if not is_new:
            self.stdout.write(_("El mundo de demostración está al día."))

    def _tell(self, what: str) -> None:
        self.stdout.write(_("Cargado: %(what)s") % {"what": what})

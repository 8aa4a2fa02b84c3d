"""What the import commands share: keep the file, then help with the work until it is done."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.jobs import progress
from common.jobs.run import run_next
from firms.models import ImportBatch, ImportKind
from firms.services.imports.batches import start_import
from firms.services.imports.reasons import reason_of_file, reason_of_row
from firms.services.imports.registers import JOBS, QUEUE

WAIT_S = 0.2
SHOWN = 20


class ImportCommand(BaseCommand):
    """Import a file of one kind.

    The file is kept and a job is written, so that a kill loses nothing: workers go on with it. This
    command works the same queue beside them until the job is done, so it needs no worker.
    """

    kind: ClassVar[ImportKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how many rejections to print."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--rejections", type=int, default=SHOWN, help="How many rejected rows to print."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and say what came of its rows."""
        batch = self._start(options["file"])
        self._follow(batch)
        batch.refresh_from_db()
        if batch.error:
            reason, _separator, detail = batch.error.partition(":")
            raise CommandError(reason_of_file(reason=reason, detail=detail))
        self._report(batch, options["rejections"])

    def _start(self, path: Path) -> ImportBatch:
        try:
            with path.open("rb") as file:
                return start_import(kind=self.kind, file=file, file_name=path.name)
        except OSError as error:
            raise CommandError(
                _("No se puede leer %(file)s: %(why)s.") % {"file": path, "why": error.strerror}
            ) from error

    def _follow(self, batch: ImportBatch) -> None:
        """Work the queue until this batch's job is over, telling how far it has come."""
        told = None
        while True:
            has_worked = run_next(QUEUE)
            state = progress(JOBS[self.kind], batch.pk)
            if state is None or state.is_finished:
                return
            if state.is_parked:
                raise CommandError(_("La importación falló varias veces y quedó apartada."))
            if state.percent != told and state.percent is not None:
                told = state.percent
                self.stdout.write(_("%(percent)d %% leído") % {"percent": told})
            if not has_worked:
                time.sleep(WAIT_S)

    def _report(self, batch: ImportBatch, shown: int) -> None:
        for row in batch.rejections.order_by("row_number")[:shown]:
            why = reason_of_row(reason=row.reason, detail=row.detail)
            self.stdout.write(_("Fila %(row)d: %(why)s.") % {"row": row.row_number, "why": why})
        more = batch.rejected - shown
        if more > 0:
            rest = ngettext("y una fila más.", "y %(more)d filas más.", more) % {"more": more}
            self.stdout.write(rest)
        self.stdout.write(
            _(
                "%(rows)d filas: %(created)d nuevas, %(updated)d cambiadas, "
                "%(unchanged)d sin cambios, %(rejected)d rechazadas."
            )
            % {
                "rows": batch.rows_done,
                "created": batch.created,
                "updated": batch.updated,
                "unchanged": batch.unchanged,
                "rejected": batch.rejected,
            }
        )

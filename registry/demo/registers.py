"""The real registers of the demo world, imported as anybody would import them."""

from collections.abc import Callable
from pathlib import Path

from common.jobs import progress
from common.jobs.run import run_next
from firms.models import ImportBatch, ImportKind
from firms.services.imports.batches import start_import
from firms.services.imports.registers import JOBS, QUEUE
from registry.demo.entries import CannotLoadDemo


def import_register(kind: ImportKind, path: Path, tell: Callable[[str], None]) -> ImportBatch:
    """Import a file to the end, here and now; workers may help."""
    try:
        with path.open("rb") as file:
            batch = start_import(kind=kind, file=file, file_name=path.name)
    except OSError as error:
        raise CannotLoadDemo(f"{path.name}: {error.strerror}") from error
    while not _is_over(batch):
        run_next(QUEUE)
    batch.refresh_from_db()
    if batch.error:
        raise CannotLoadDemo(f"{path.name}: {batch.error}")
    tell(path.name)
    return batch


def _is_over(batch: ImportBatch) -> bool:
    state = progress(JOBS[ImportKind(batch.kind)], batch.pk)
    if state and state.is_parked:
        raise CannotLoadDemo(batch.file_name)
    return state is None or state.is_finished

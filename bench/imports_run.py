"""The measured run of ``bench/imports.py``: read, check, import, again, undo."""

import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402 -- after setup

from accounts.models import User  # noqa: E402 -- after setup
from bench.imports import REGISTER, dirty_rows  # noqa: E402 -- after setup
from common.jobs.run import run_next  # noqa: E402 -- after setup
from firms.models import Organization, Spreadsheet  # noqa: E402 -- after setup
from firms.services.spreadsheets import moving  # noqa: E402 -- after setup
from firms.services.spreadsheets.starting import start_spreadsheet  # noqa: E402 -- after setup

MOVING = ("reading", "checking", "running", "undoing")


def measured(work: Callable[[], None], sheet: Spreadsheet) -> float:
    """Do something and all the background work it asks for; return the seconds."""
    begun = time.monotonic()
    work()
    sheet.refresh_from_db()
    while sheet.state in MOVING:
        if not run_next("parse"):
            time.sleep(0.1)
        sheet.refresh_from_db()
    return round(time.monotonic() - begun, 1)


def bring(content: bytes, by: User) -> tuple[Spreadsheet, dict[str, float]]:
    """Bring a file in up to its preview."""
    times = {}
    begun = time.monotonic()
    sheet = start_spreadsheet(by=by, file=ContentFile(content), file_name="retc.csv", owner=None)
    times["read_s"] = round(time.monotonic() - begun + measured(lambda: None, sheet), 1)
    dialect = {"country": "MX"}
    check = {"by": by, "sheet": sheet, "mapping": sheet.mapping, "dialect": dialect}
    times["check_s"] = measured(lambda: moving.map_columns(**check), sheet)
    return sheet, times


def counted(sheet: Spreadsheet, column: str) -> dict[str, int]:
    """Return the rows by fate or outcome; they are all there or the bench fails."""
    counts = Counter(sheet.rows.values_list(column, flat=True))
    assert sum(counts.values()) == sheet.rows_total
    assert "" not in counts
    return dict(counts)


def one_size(size: int, path: Path, by: User) -> None:
    """Bring in, import, bring in again and undo one spreadsheet; write what was measured."""
    content, spoiled = dirty_rows(path, size)
    before = Organization.objects.count()
    sheet, times = bring(content, by)
    said = {"rows": sheet.rows_total, "file_mb": round(len(content) / 1e6, 1), **times}
    assert sheet.rows_total == size
    said |= {"spoiled": spoiled, "fates": counted(sheet, "fate")}
    reasons = Counter(
        problem["code"]
        for problems in sheet.rows.values_list("problems", flat=True)
        for problem in problems
    )
    said["reasons"] = dict(reasons)
    said["import_s"] = measured(lambda: moving.run_spreadsheet(by=by, sheet=sheet), sheet)
    said["outcomes"] = counted(sheet, "outcome")
    again, _times = bring(content, by)
    said["again"] = counted(again, "fate")
    moving.cancel_spreadsheet(by=by, sheet=again, now=sheet.created_at)
    said["undo_s"] = measured(lambda: moving.undo_spreadsheet(by=by, sheet=sheet), sheet)
    said["undone"] = counted(sheet, "outcome")
    assert Organization.objects.count() == before
    said["left"] = Organization.objects.count() - before
    said["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    Spreadsheet.objects.filter(pk__in=(sheet.pk, again.pk)).delete()
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(sizes: list[int], path: Path) -> None:
    by, _ = User.objects.get_or_create(
        email="bench-imports@ejemplo.org", defaults={"name": "Banco", "is_staff": True}
    )
    for size in sizes:
        one_size(size, path, by)
    by.delete()
    connection.close()


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument.isdigit()]
    files = [Path(argument) for argument in sys.argv[1:] if not argument.isdigit()]
    main([int(size) for size in arguments] or [5_000, 50_000], files[0] if files else REGISTER)

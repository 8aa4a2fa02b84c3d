"""Importing again, in part, after a kill: nothing is lost and nothing is doubled."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from common.jobs.models import Job
from common.jobs.run import run_next
from firms.models import (
    ImportBatch,
    ImportKind,
    ImportParty,
    ImportRejection,
    Need,
    Offer,
    Organization,
)
from firms.services.imports import chunks
from firms.services.imports.batches import path_of, start_import
from tests.database import address_of
from tests.imports.rows import contract, plant, research, write_csv

CONTRACTS, PLANTS, ROR = ImportKind.CONTRACTS, ImportKind.ESTABLISHMENTS, ImportKind.ROR

SAME = {
    CONTRACTS: [contract(id=str(n), object=f"Obra {'abcdef'[n]}") for n in range(6)],
    PLANTS: [plant(nra=f"N{n}", main_activity=f"Producción de {'abcdef'[n]}") for n in range(6)],
    ROR: [research(ror_id=f"01s4gpq4{n}") for n in range(6)],
}


def state() -> list[object]:
    """Everything that an import writes, with its ids and revisions."""
    tables = (
        "firms_organization", "firms_identifier", "firms_site", "firms_organizationactivity",
        "firms_offer", "firms_offer_classifications", "firms_need", "firms_need_classifications",
    )  # fmt: skip
    found: list[object] = []
    with connection.cursor() as cursor:
        for table in tables:
            rows = f"SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"  # noqa: S608 - ours
            cursor.execute(rows)
            found.append((table, cursor.fetchone()))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(SAME))
def test_the_same_file_again_changes_nothing(import_rows, kind):
    import_rows(kind, *SAME[kind])
    before = state()
    batch = import_rows(kind, *SAME[kind])
    assert (batch.unchanged, batch.created, batch.updated, batch.rejected) == (6, 0, 0, 0)
    assert state() == before
    assert Job.objects.filter(kind="listings.rebuild").count() == 1


@pytest.mark.django_db
def test_the_order_of_rows_and_files_makes_no_difference(import_rows):
    rows = SAME[CONTRACTS]
    import_rows(CONTRACTS, *rows[::-1])
    whole = list(Offer.objects.values_list("source_ref", "title"))
    import_rows(CONTRACTS, *rows[:3])
    assert list(Offer.objects.values_list("source_ref", "title")) == whole
    assert Need.objects.count() == 6


@pytest.mark.django_db
def test_a_row_twice_in_a_file_is_read_once_and_said(import_rows, monkeypatch):
    monkeypatch.setattr(chunks, "ROWS_PER_CHUNK", 2)
    rows = [contract(id=n, object=f"Obra {n}") for n in ("a", "a", "b", "c", "a")]
    batch = import_rows(CONTRACTS, *rows)
    found = batch.rejections.values_list("row_number", "reason", "detail")
    assert list(found) == [(3, "duplicate", "2"), (6, "duplicate", "2")]
    again = import_rows(CONTRACTS, *rows)
    assert (again.unchanged, again.rejected) == (3, 2)


@pytest.mark.django_db
def test_a_chunk_that_fails_leaves_nothing_of_itself(world, monkeypatch):
    monkeypatch.setattr(chunks, "ROWS_PER_CHUNK", 2)
    rows = [*SAME[ROR][:3], research(ror_id="bad"), *SAME[ROR][3:]]
    batch = start(ROR, rows)
    assert run_next("parse")  # looks at the file
    assert run_next("parse")  # rows 1 and 2
    write, broken = chunks.import_rows, {"now": True}

    def fail_after_writing(**arguments):
        position = write(**arguments)
        if broken.pop("now", False):
            raise OSError("the disk is gone")
        return position

    monkeypatch.setattr(chunks, "import_rows", fail_after_writing)
    run_next("parse")
    batch.refresh_from_db()
    assert batch.rows_done == 2
    assert not ImportRejection.objects.exists()
    finish()
    batch.refresh_from_db()
    assert (batch.created, batch.rejected, batch.rows_done) == (6, 1, 7)
    assert Organization.objects.count() == 6


@pytest.mark.django_db
def test_goes_on_with_organizations_after_a_failure_there(world, monkeypatch):
    monkeypatch.setattr(chunks, "PARTIES_PER_CHUNK", 2)
    batch = start(ROR, SAME[ROR])
    write, broken = chunks.write_organizations, {"now": True}

    def fail_after_writing(**arguments):
        write(**arguments)
        if Organization.objects.count() == 4 and broken.pop("now", False):
            raise OSError("the disk is gone")

    monkeypatch.setattr(chunks, "write_organizations", fail_after_writing)
    for _ in range(4):
        run_next("parse")
    assert Organization.objects.count() == 2
    finish()
    batch.refresh_from_db()
    assert batch.finished_at
    assert Organization.objects.count() == 6
    assert not ImportParty.objects.exists()


@pytest.mark.django_db
def test_the_file_goes_away_once_it_has_been_read(world, django_capture_on_commit_callbacks):
    batch = start(ROR, SAME[ROR])
    assert default_storage.exists(path_of(batch=batch))
    with django_capture_on_commit_callbacks(execute=True):
        finish()
    assert not default_storage.exists(path_of(batch=batch))


@pytest.mark.django_db(transaction=True)
def test_a_killed_command_is_finished_by_the_next_one_at_work(world, tmp_path):
    rows = [research(ror_id=f"0{n:06d}55") for n in range(10_000, 13_000)]
    path = write_csv(tmp_path / "many.csv", rows)
    database = connection.settings_dict["NAME"]
    command = subprocess.Popen(
        [sys.executable, "manage.py", "import_ror", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address_of(database), "RACIMO_VAR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: ImportBatch.objects.filter(rows_done__gt=0).exists())
    command.send_signal(signal.SIGKILL)
    command.wait()
    batch = ImportBatch.objects.get()
    assert batch.rows_done < 3_000 or Organization.objects.count() < 3_000
    Job.objects.update(lease_token=None, lease_until=None, run_after=batch.created_at)
    finish()
    batch.refresh_from_db()
    assert (batch.created, batch.rejected) == (3_000, 0)
    assert Organization.objects.count() == 3_000


def start(kind: ImportKind, rows: list[dict[str, str]]) -> ImportBatch:
    lines = [",".join(rows[0]), *(",".join(f'"{c}"' for c in row.values()) for row in rows)]
    content = ContentFile("\n".join(lines).encode())
    return start_import(kind=kind, file=content, file_name="rows.csv")


def finish() -> None:
    Job.objects.filter(done_at=None).update(run_after="2020-01-01T00:00Z")
    while run_next("parse"):
        pass


def wait_until(condition, limit_s: float = 30) -> None:
    until = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)

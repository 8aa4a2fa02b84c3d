"""The job of an import, one chunk at a time: each is one transaction, whole or not at all."""

import datetime as dt
from collections.abc import Mapping
from itertools import accumulate
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.db import connection, transaction

from common.jobs import Continue, Work, enqueue
from firms.models import ImportBatch, ImportedRecord
from firms.services.imports.atlas import current_atlas
from firms.services.imports.batches import path_of
from firms.services.imports.organizations import write_organizations
from firms.services.imports.registers import register_of
from firms.services.imports.rows import Position, import_rows
from firms.sources.tables import CannotReadTable, Table, open_table

ROWS_PER_CHUNK = 2_000
PARTIES_PER_CHUNK = 300
RECORDS_PER_CHUNK = 5_000
COUNT_RECORDS = """
    SELECT key, (
        SELECT count(*) FROM firms_importedrecord WHERE kind = %s AND parties @> ARRAY[key]
    )
    FROM unnest(%s::varchar[]) AS key
"""


def import_chunk(work: Work) -> Continue | None:
    """Do the next chunk of an import: look at the file, read rows, or write organizations."""
    batch = ImportBatch.objects.select_for_update().get(pk=work.key)
    if batch.finished_at:
        return None
    stage = work.payload.get("stage")
    if stage is None:
        return _open(batch, work.now)
    if stage == "rows":
        return _rows(batch, work.payload)
    return _parties(batch, work)


def _open(batch: ImportBatch, now: dt.datetime) -> Continue | None:
    try:
        with default_storage.open(path_of(batch=batch)) as stored:
            table = open_table(_bytes(stored), register_of(kind=batch.kind).columns)
    except FileNotFoundError:
        _fail(batch, CannotReadTable("lost"), now)
        return None
    except CannotReadTable as error:
        _fail(batch, error, now)
        return None
    batch.rows_total = table.lines
    batch.save()
    place = {"offset": table.start, "row": 1}
    return Continue({"stage": "rows", "table": _packed(table), **place}, done=0, total=table.lines)


def _rows(batch: ImportBatch, payload: Mapping[str, Any]) -> Continue:
    position = Position(payload["offset"], payload["row"], is_end=False)
    with default_storage.open(path_of(batch=batch)) as stored:
        position = import_rows(
            batch=batch,
            file=_bytes(stored),
            table=_unpacked(payload["table"]),
            register=register_of(kind=batch.kind),
            atlas=current_atlas(),
            position=position,
            limit=ROWS_PER_CHUNK,
        )
    if position.is_end:
        batch.rows_total = batch.rows_done
    batch.save()
    where = {"offset": position.offset, "row": position.row}
    following = {"stage": "parties"} if position.is_end else {**payload, **where}
    return Continue(following, done=batch.rows_done, total=_total(batch))


def _parties(batch: ImportBatch, work: Work) -> Continue | None:
    keys = _next_parties(batch)
    if not keys:
        _finish(batch, work.now)
        return None
    records = ImportedRecord.objects.filter(kind=batch.kind, parties__overlap=keys)
    by_party: dict[str, list[Mapping[str, str]]] = {key: [] for key in keys}
    for parties, data in records.order_by("ref").values_list("parties", "data"):
        for key in by_party.keys() & set(parties):
            by_party[key].append(data)
    write_organizations(
        register=register_of(kind=batch.kind),
        records=by_party,
        atlas=current_atlas(),
        now=work.now,
    )
    batch.waiting_parties.filter(key__in=keys).delete()
    total = _total(batch)
    done = total - batch.waiting_parties.count()
    return Continue({"stage": "parties", "after": keys[-1]}, done=done, total=total)


def _next_parties(batch: ImportBatch) -> list[str]:
    """Return the next organizations, as many as one chunk can hold the records of."""
    waiting = batch.waiting_parties.order_by("key")
    keys = list(waiting.values_list("key", flat=True)[:PARTIES_PER_CHUNK])
    with connection.cursor() as cursor:
        cursor.execute(COUNT_RECORDS, [batch.kind, keys])
        counts = dict(cursor.fetchall())
    sizes = accumulate(counts[key] for key in keys)
    within = sum(size <= RECORDS_PER_CHUNK for size in sizes)
    return keys[: max(1, within)]


def _total(batch: ImportBatch) -> int:
    """Return rows and organizations together, as a measure of how far the import has come."""
    return batch.rows_total + batch.waiting_parties.count()


def _finish(batch: ImportBatch, now: dt.datetime) -> None:
    batch.finished_at = now
    batch.save()
    if batch.created or batch.updated:
        enqueue("listings.rebuild", 0, queue="bulk")  # one for all imports that wait
    _forget_file(batch)


def _fail(batch: ImportBatch, error: CannotReadTable, now: dt.datetime) -> None:
    batch.error = f"{error.reason}:{error.detail}"
    batch.finished_at = now
    batch.save()
    _forget_file(batch)


def _forget_file(batch: ImportBatch) -> None:
    """Delete the file, which may name people, once the records of it are committed."""
    path = path_of(batch=batch)
    transaction.on_commit(lambda: default_storage.delete(path))


def _bytes(stored: object) -> BinaryIO:
    """Take a stored file for what it is: the storage's wrapper reads and seeks as any file."""
    return cast(BinaryIO, stored)


def _packed(table: Table) -> dict[str, object]:
    return {"columns": table.columns, "delimiter": table.delimiter}


def _unpacked(packed: Mapping[str, Any]) -> Table:
    return Table(tuple(packed["columns"]), packed["delimiter"], start=0, lines=0)

"""The first half of an import: rows are read, checked, and kept or rejected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from clusters.models import Classification
from firms.models import ImportBatch, ImportedRecord, ImportParty, ImportRejection
from firms.services.imports.atlas import Atlas
from firms.services.imports.copying import copy_in, write_changed
from firms.sources.drafts import Record, Register, RowRejectedError
from firms.sources.tables import Row, Table, read_rows

MAX_REJECTIONS_KEPT = 20_000
MAX_DETAIL = 250


@dataclass(frozen=True)
class Position:
    """Where reading goes on, and whether there is nothing left."""

    offset: int
    row: int
    is_end: bool


@dataclass
class _Chunk:
    """What became of some rows."""

    understood: dict[str, tuple[int, Record]] = field(default_factory=dict)
    rejected: list[tuple[int, RowRejectedError]] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)

    def reject(self, number: int, reason: str, detail: str = "") -> None:
        self.rejected.append((number, RowRejectedError(reason, detail)))


def import_rows(  # noqa: PLR0913 -- a file, how it is written, where it is, and how to read it
    *,
    batch: ImportBatch,
    file: BinaryIO,
    table: Table,
    register: Register,
    atlas: Atlas,
    position: Position,
    limit: int,
) -> Position:
    """Keep or reject the next rows of a file and count them in the batch."""
    rows = list(islice(read_rows(file, table, offset=position.offset, number=position.row), limit))
    if not rows:
        return Position(position.offset, position.row, is_end=True)
    chunk = _Chunk()
    for row in rows:
        _understand(chunk, row, register)
    _check(chunk, atlas)
    _keep(chunk, batch)
    _count(chunk, batch, rows)
    return Position(rows[-1].end, rows[-1].number, is_end=len(rows) < limit)


def _understand(chunk: _Chunk, row: Row, register: Register) -> None:
    if row.cells is None:
        chunk.rejected.append((row.number, row.fault or RowRejectedError("csv")))
        return
    try:
        record = register.read(row.cells)
    except RowRejectedError as error:
        chunk.rejected.append((row.number, error))
        return
    if record.ref in chunk.understood:
        chunk.reject(row.number, "duplicate", str(chunk.understood[record.ref][0]))
    else:
        chunk.understood[record.ref] = (row.number, record)


def _check(chunk: _Chunk, atlas: Atlas) -> None:
    """Reject the records that name a country, code or point that is not there."""
    known = _known_codes(record for _, record in chunk.understood.values())
    for ref, (number, record) in list(chunk.understood.items()):
        fault = _fault(record, known, atlas)
        if fault:
            del chunk.understood[ref]
            chunk.rejected.append((number, fault))


def _fault(record: Record, known: set[tuple[str, str]], atlas: Atlas) -> RowRejectedError | None:
    unknown_country = next((c for c in record.countries if c not in atlas.country_ids), None)
    if unknown_country:
        return RowRejectedError("country", unknown_country)
    unknown_code = next((code for code in record.codes if code not in known), None)
    if unknown_code:
        return RowRejectedError("code", unknown_code[1])
    if record.spot and not atlas.is_inside(record.spot):
        return RowRejectedError("outside", f"{record.spot.latitude}, {record.spot.longitude}")
    return None


def _known_codes(records: Iterable[Record]) -> set[tuple[str, str]]:
    wanted = {code for record in records for code in record.codes}
    schemes = {scheme for scheme, _ in wanted}
    rows = Classification.objects.filter(scheme__in=schemes, code__in={code for _, code in wanted})
    return set(rows.values_list("scheme", "code"))


def _keep(chunk: _Chunk, batch: ImportBatch) -> None:
    """Write the records that are new or say something else than before."""
    before = _before(chunk.understood, batch)
    new, changed, same = [], [], []
    for ref, (number, record) in chunk.understood.items():
        old = before.get(ref)
        if old is None:
            new.append(_row(batch, number, record))
        elif old.batch_id == batch.pk:
            chunk.reject(number, "duplicate", str(old.row_number))
            continue
        elif old.data == record.data and old.parties == list(record.parties):
            same.append(old.pk)
            continue
        else:
            chunk.parties.update(old.parties)
            changed.append(_row(batch, number, record, pk=old.pk))
        chunk.parties.update(record.parties)
    copy_in(rows=new)
    write_changed(rows=changed, columns=["parties", "data", "batch", "row_number"])
    ImportedRecord.objects.filter(pk__in=same).update(batch=batch)
    ImportParty.objects.bulk_create(
        [ImportParty(batch=batch, key=key) for key in sorted(chunk.parties)],
        ignore_conflicts=True,
    )
    batch.created += len(new)
    batch.updated += len(changed)
    batch.unchanged += len(same)


def _before(refs: Iterable[str], batch: ImportBatch) -> Mapping[str, ImportedRecord]:
    known = ImportedRecord.objects.filter(kind=batch.kind, ref__in=list(refs))
    return {row.ref: row for row in known}


def _row(batch: ImportBatch, number: int, record: Record, pk: int | None = None) -> ImportedRecord:
    return ImportedRecord(
        pk=pk,
        kind=batch.kind,
        ref=record.ref,
        parties=list(record.parties),
        data=dict(record.data),
        batch=batch,
        row_number=number,
    )


def _count(chunk: _Chunk, batch: ImportBatch, rows: Sequence[Row]) -> None:
    room = max(0, MAX_REJECTIONS_KEPT - batch.rejected)
    ImportRejection.objects.bulk_create(
        [
            ImportRejection(
                batch=batch,
                row_number=number,
                reason=error.reason,
                detail=error.detail.replace("\0", "")[:MAX_DETAIL],
            )
            for number, error in sorted(chunk.rejected, key=lambda pair: pair[0])[:room]
        ],
        batch_size=500,
    )
    batch.rejected += len(chunk.rejected)
    batch.rows_done += len(rows)
    batch.rows_total = max(batch.rows_total, batch.rows_done)

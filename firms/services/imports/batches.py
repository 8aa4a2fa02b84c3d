"""Keeping a file and asking for it to be read."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from common.jobs import enqueue
from firms.models import ImportBatch, ImportKind
from firms.services.imports.registers import JOBS, QUEUE

_BLOCK = 1 << 20


def start_import(
    *, kind: ImportKind, file: BinaryIO, file_name: str, by: User | None = None
) -> ImportBatch:
    """Keep a file and ask for it to be imported; the file goes away once it has been read."""
    batch = ImportBatch(kind=kind, file_name=file_name[-250:], content_hash=_digest(file))
    file.seek(0)
    default_storage.save(path_of(batch=batch), File(file))
    with transaction.atomic():
        batch.save()
        actor = by.pk if by else None
        enqueue(JOBS[kind], batch.pk, queue=QUEUE, actor_id=actor)
    return batch


def path_of(*, batch: ImportBatch) -> str:
    """Return where a batch's file is kept."""
    return f"imports/{batch.public_id}.csv"


def _digest(file: BinaryIO) -> str:
    total = hashlib.sha256()
    for block in _blocks(file):
        total.update(block)
    return total.hexdigest()


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block

"""A file comes in: kept under its content, and asked to be read."""

import hashlib
import io
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from clusters.models import Cluster
from common.jobs import enqueue
from firms.models import Organization, Spreadsheet, SpreadsheetState
from firms.policies.spreadsheets import changeable_spreadsheets, may_import

KIND = "spreadsheet.advance"
QUEUE = "parse"
MAX_BYTES = 10 << 20
_BLOCK = 1 << 16
# A file that came in before and has not been imported or given up is the same spreadsheet.
_OPEN = (
    SpreadsheetState.READING,
    SpreadsheetState.MAPPING,
    SpreadsheetState.CHECKING,
    SpreadsheetState.CHECKED,
    SpreadsheetState.HELD,
    SpreadsheetState.RUNNING,
)


class CannotImport(Exception):
    """The actor has no right to, for this organization or into this cluster."""


def start_spreadsheet(
    *,
    by: User,
    file: BinaryIO,
    file_name: str,
    owner: Organization | None,
    cluster: Cluster | None = None,
) -> Spreadsheet:
    """Keep a file and ask for it to be read; the same file again is the spreadsheet it began."""
    if not may_import(by, owner, cluster):
        raise CannotImport
    digest = _digest(file)
    same = changeable_spreadsheets(by).filter(owner=owner, cluster=cluster, content_hash=digest)
    if begun := same.filter(state__in=_OPEN).order_by("-pk").first():
        return begun
    sheet = Spreadsheet(
        created_by=by,
        owner=owner,
        cluster=cluster,
        file_name=file_name[-250:],
        content_hash=digest,
        dialect={"country": _country(owner, cluster)},
    )
    file.seek(0)
    default_storage.save(path_of(sheet), File(file))
    with transaction.atomic():
        sheet.save()
        ask_to_advance(sheet, by)
    return sheet


def paste_spreadsheet(
    *, by: User, text: str, owner: Organization | None, cluster: Cluster | None = None
) -> Spreadsheet:
    """Take cells that were copied from a spreadsheet program as a file of their own."""
    file = io.BytesIO(text.encode())
    return start_spreadsheet(by=by, file=file, file_name="", owner=owner, cluster=cluster)


def ask_to_advance(sheet: Spreadsheet, by: User) -> None:
    """Have a spreadsheet moved on by the state it is in."""
    enqueue(KIND, sheet.pk, queue=QUEUE, actor_id=by.pk)


def path_of(sheet: Spreadsheet) -> str:
    """Return where a spreadsheet's file is kept."""
    return f"spreadsheets/{sheet.public_id}"


def forget_file(sheet: Spreadsheet) -> None:
    """Delete the file once what became of it is committed: it may name people."""
    path = path_of(sheet)
    transaction.on_commit(lambda: default_storage.delete(path))


def _country(owner: Organization | None, cluster: Cluster | None) -> str:
    of = cluster or owner
    return of.country.country_code if of else ""


def _digest(file: BinaryIO) -> str:
    total = hashlib.sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        total.update(block)
    return total.hexdigest()

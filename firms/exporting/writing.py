"""Making files: small ones while the reader waits, large ones by a job, some rows at a time."""

import datetime as dt
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import override

from accounts.models import User
from accounts.services.buckets import take_token
from common import sheets
from common.files import forget_on_commit
from common.jobs import Continue, Work, enqueue
from firms.exporting.columns import Table
from firms.filter_base import ListFilters
from firms.kinds import KINDS
from firms.models import Export, ExportFormat, Listed
from firms.policies.searches import rights_of
from firms.quotas import EXPORTED_ROWS, EXPORTS_PER_DAY, EXPORTS_PER_MINUTE

KIND = "export.write"
FOLDER = "private/exports"
AT_ONCE = 500
CHUNK = 1_000
KEPT_HOURS = 24
LISTED_DAYS = 30


class CannotExport(Exception):
    """No file is made; ``reason`` is conditions, many (today) or fast (this minute)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Request:
    """What is asked for: a list, its conditions as in the address, a format, a language."""

    listed: Listed
    query: str
    form: ExportFormat
    language: str


def ask_for_export(asked: Request, *, by: User, now: dt.datetime) -> Iterator[bytes] | Export:
    """Return a small file, or a row whose file a job makes. Raises ``CannotExport``."""
    filters = _filters(asked.listed, asked.query, by, now)
    if not filters.is_valid() or len(asked.query) > _longest():
        raise CannotExport("conditions")
    if take_token(scope="export", actor=str(by.pk), per_minute=EXPORTS_PER_MINUTE):
        raise CannotExport("fast")
    if filters.narrowed().order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE:
        return _put_off(asked, by=by, now=now)
    table = Table(asked.listed, by)
    return _whole(asked.form, table, filters.filter_queryset(filters.queryset)[:AT_ONCE])


def _longest() -> int:
    return int(Export._meta.get_field("query").max_length or 0)


def _whole(form: str, table: Table, rows: Any) -> Iterator[bytes]:
    """Yield a small file; a workbook needs its end before its beginning can leave."""
    parts = [
        sheets.head(form, table.titles),
        sheets.piece(form, table.lines(rows), is_first=True),
        sheets.tail(form),
    ]
    if form != sheets.XLSX:
        return iter(parts)
    with tempfile.TemporaryFile() as book:
        sheets.put_together(form, iter(parts), book)
        book.seek(0)
        return iter([book.read()])


@transaction.atomic
def _put_off(asked: Request, *, by: User, now: dt.datetime) -> Export:
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    day_ago = now - dt.timedelta(days=1)
    if by.exports.filter(created_at__gt=day_ago).count() >= EXPORTS_PER_DAY:
        raise CannotExport("many")
    export = Export.objects.create(
        user=by,
        listed=asked.listed,
        format=asked.form,
        language=asked.language,
        query=asked.query,
        expires_at=now + dt.timedelta(hours=KEPT_HOURS),
    )
    enqueue(KIND, export.pk, queue="bulk", actor_id=by.pk)
    return export


def write_export(work: Work) -> Continue | None:
    """Write the next rows of a file, by what its owner may see now; at the end, the file.

    When their rights change on the way, the file is begun anew.
    """
    export = Export.objects.select_related("user").filter(pk=work.key, file="").first()
    if export is None or not export.user.is_active or export.expires_at <= work.now:
        return None
    rights = rights_of(export.user)
    state = dict(work.payload)
    if state.get("rights") != rights:
        state = {"rights": rights, "part": 0, "after": 0, "done": 0, "total": _total(export, work)}
    with override(export.language):
        return _next_rows(export, state, work.now)


def _total(export: Export, work: Work) -> int:
    rows = _filters(Listed(export.listed), export.query, export.user, work.now)
    if not rows.is_valid():
        return 0
    return int(rows.narrowed().order_by().values("pk")[: EXPORTED_ROWS + 1].count())


def _next_rows(export: Export, state: dict[str, Any], now: dt.datetime) -> Continue | None:
    filters = _filters(Listed(export.listed), export.query, export.user, now)
    left = min(CHUNK, EXPORTED_ROWS - state["done"])
    ids: list[int] = []
    if filters.is_valid() and left > 0:
        rows = filters.narrowed().filter(pk__gt=state["after"]).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:left])
    if not ids:
        _finish(export, state)
        return None
    table = Table(Listed(export.listed), export.user)
    lines = table.lines(filters.queryset.filter(pk__in=ids).order_by("pk"))
    content = sheets.piece(export.format, lines, is_first=state["part"] == 0)
    _keep_part(export, state["part"], content)
    done = state["done"] + len(ids)
    payload = {**state, "part": state["part"] + 1, "after": ids[-1], "done": done}
    total = max(min(state["total"], EXPORTED_ROWS), done)
    return Continue({**payload, "total": state["total"]}, done=done, total=total)


def _filters(listed: Listed, query: str, by: User, now: dt.datetime) -> ListFilters:
    return KINDS[listed].narrow(QueryDict(query), by=by, today=now.date())


def _part(export: Export, number: int) -> str:
    return f"{FOLDER}/{export.public_id.hex}-{number:05d}.part"


def _keep_part(export: Export, number: int, content: bytes) -> None:
    name = _part(export, number)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _finish(export: Export, state: dict[str, Any]) -> None:
    """Put the parts together under a name that nobody can guess."""
    names = [_part(export, number) for number in range(state["part"])]
    name = f"{FOLDER}/{secrets.token_hex(32)}.{export.format}"
    with tempfile.TemporaryFile() as whole:
        sheets.put_together(export.format, _pieces(export, names), whole)
        export.size = whole.tell()
        whole.seek(0)
        export.file.name = default_storage.save(name, File(whole))
    export.row_count, export.rights = state["done"], state["rights"]
    export.is_cut = state["total"] > EXPORTED_ROWS
    export.save()
    forget_on_commit(names)


def _pieces(export: Export, names: list[str]) -> Iterator[bytes]:
    titles = Table(Listed(export.listed), export.user).titles
    yield sheets.head(export.format, titles)
    for name in names:
        with default_storage.open(name) as part:
            yield part.read()
    yield sheets.tail(export.format)


@transaction.atomic
def drop_export(export: Export) -> None:
    """Delete a file before its time."""
    forget_on_commit([str(export.file)] if export.file else [])
    export.delete()


def forget_exports(*, now: dt.datetime) -> int:
    """Delete the files whose day is over, rows a month later, and parts that nobody finishes."""
    over = list(Export.objects.filter(expires_at__lte=now).exclude(file=""))
    forget_on_commit([str(export.file) for export in over])
    Export.objects.filter(pk__in=[export.pk for export in over]).update(file="")
    old = Export.objects.filter(expires_at__lte=now - dt.timedelta(days=LISTED_DAYS))
    forget_on_commit(_left_over(now))
    return len(over) + old.delete()[0]


def _left_over(now: dt.datetime) -> list[str]:
    """Return files of exports that are gone: their owner's account was erased, or a job gave up."""
    if not default_storage.exists(FOLDER):
        return []
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    before = now - dt.timedelta(hours=2 * KEPT_HOURS)
    return [
        name
        for name in names
        if name not in known and default_storage.get_modified_time(name) < before
    ]

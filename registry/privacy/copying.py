"""A copy of all that is held about a person, as a ZIP of JSON and CSV files."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import DataExport, User
from accounts.models.privacy import EXPORT_HOURS
from common.files import ZIP, CheckedFile, forget_on_commit, keep_file
from common.jobs import Work, enqueue
from registry.privacy.inventory import INVENTORY, acts_of, invitations_to, letters_to, own_account

KIND = "person.copy"
FOLDER = "copies"
MOST_ROWS = 50_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")
README = (
    "Esta es una copia de lo que Racimo guarda sobre usted. Cada tabla está dos veces: en JSON, "
    "para programas, y en CSV, para planillas. No contiene contraseñas, claves ni datos de otras "
    "personas.\n"
)

Table = list[dict[str, Any]]


class CannotCopyData(Exception):
    """A copy is being prepared already."""


@transaction.atomic
def ask_for_copy(*, by: User, now: dt.datetime) -> DataExport:
    """Ask for a copy of one's own data; a job makes it. Raises ``CannotCopyData``."""
    User.objects.select_for_update().get(pk=by.pk)
    if by.data_exports.filter(ready_at=None).exists():
        raise CannotCopyData
    export = DataExport.objects.create(user=by, asked_at=now)
    enqueue(KIND, by.pk, queue="bulk", actor_id=by.pk)
    return export


def make_copies(work: Work) -> None:
    """Make the copies that a person waits for."""
    for export in DataExport.objects.filter(user_id=work.key, ready_at=None).select_related("user"):
        with override(site_language(export.user.language)):
            content = copy_of(export.user)
        export.file_key = keep_file(CheckedFile(content, ZIP), folder=FOLDER)
        export.size = len(content)
        export.ready_at = work.now
        export.expires_at = work.now + dt.timedelta(hours=EXPORT_HOURS)
        export.save()


def forget_copies(now: dt.datetime) -> int:
    """Delete the files whose day is over, and the rows a month later."""
    over = DataExport.objects.filter(expires_at__lte=now).exclude(file_key="")
    for export in over:
        key, export.file_key = export.file_key, ""
        export.save(update_fields=["file_key"])
        forget_on_commit([key])
    old = DataExport.objects.filter(expires_at__lte=now - dt.timedelta(days=30))
    return len(over) + old.delete()[0]


def copy_of(person: User) -> bytes:
    """Return the ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LEAME.txt", README)
        for name, rows in tables_of(person).items():
            archive.writestr(f"{name}.json", _json(rows))
            archive.writestr(f"{name}.csv", "\ufeff" + _csv(rows))
    return out.getvalue()


def tables_of(person: User) -> dict[str, Table]:
    """Return what is held about a person, by table."""
    tables: dict[str, Table] = {"account": [own_account(person)]}
    for held in INVENTORY:
        name = held.model._meta.db_table
        tables[name] = _values(held.rows(person), held.columns())
    tables["invitations_received"] = _values(invitations_to(person), ("role", "created_at"))
    tables["letters"] = _values(letters_to(person), ("created_at", "payload__subject"))
    tables["changes"] = _values(acts_of(person), ("at", "operation", "part", "origin"))
    return {name: rows for name, rows in tables.items() if rows}


def _values(rows: Any, columns: Sequence[str]) -> Table:
    return list(rows.values(*columns)[:MOST_ROWS])


def _json(rows: Table) -> str:
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _csv(rows: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0])
    writer.writerows(_plain(row.values()) for row in rows)
    return out.getvalue()


def _plain(values: Iterable[Any]) -> list[str]:
    """Write values so that no spreadsheet takes one for a formula."""
    texts = ["" if value is None else str(value) for value in values]
    return [f"'{text}" if text.startswith(FORMULA) else text for text in texts]

"""Taking an import back: what nobody has touched since goes, or is as it was before."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError

from accounts.models import User
from common.jobs import Continue
from firms.models import (
    Affiliation,
    Membership,
    Need,
    Offer,
    Organization,
    OrganizationActivity,
    Outcome,
    Spreadsheet,
    SpreadsheetRow,
    SpreadsheetState,
    Verification,
)
from firms.services.imports.copying import write_changed
from firms.services.spreadsheets.changes import main_site
from firms.services.spreadsheets.writing import announce, put_site

ROWS_PER_CHUNK = 200
UNDONE_COLUMNS = ("outcome", "before", "organization")
_RELATED = {"activities", "site", "number", "affiliation"}


def undoable_rows(sheet: Spreadsheet) -> QuerySet[SpreadsheetRow]:
    """Return the rows that wrote something which is not undone yet."""
    wrote = Q(outcome__in=(Outcome.CREATED, Outcome.UPDATED)) | Q(before__has_key="affiliation")
    done = (Outcome.REMOVED, Outcome.RESTORED, Outcome.KEPT)
    return sheet.rows.filter(wrote).exclude(outcome__in=done)


def stuck_rows(sheet: Spreadsheet) -> QuerySet[SpreadsheetRow]:
    """Return the rows that cannot be undone: somebody changed or claimed the organization since."""
    rows = undoable_rows(sheet).filter(outcome__in=(Outcome.CREATED, Outcome.UPDATED))
    own = {"organization": OuterRef("organization")}
    claimed = (
        ~Q(organization__verification=Verification.LISTED)
        | Exists(Membership.objects.filter(**own))
        | Exists(Offer.objects.filter(**own))
        | Exists(Need.objects.filter(**own))
        | Exists(Affiliation.objects.filter(**own, member_confirmed_on__isnull=False))
    )
    touched = Q(organization=None) | ~Q(organization__revision=F("written_revision"))
    stuck = rows.filter(touched | (Q(outcome=Outcome.CREATED) & claimed))
    return stuck.select_related("organization").order_by("number")


def undo_chunk(sheet: Spreadsheet, actor: User, now: dt.datetime) -> Continue | None:
    """Undo the next rows, the last first."""
    rows = list(undoable_rows(sheet).order_by("-number")[:ROWS_PER_CHUNK])
    if not rows:
        Spreadsheet.objects.filter(pk=sheet.pk, state=SpreadsheetState.UNDOING).update(
            state=SpreadsheetState.UNDONE, finished_at=now
        )
        return None
    ids = [row.organization_id for row in rows if row.organization_id]
    locked = Organization.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    own = {row.pk: row for row in locked.prefetch_related("activity_records", "sites")}
    stuck = set(stuck_rows(sheet).filter(pk__in=[r.pk for r in rows]).values_list("pk", flat=True))
    _withdraw(rows)
    made = [r.organization_id for r in rows if r.outcome == Outcome.CREATED and r.pk not in stuck]
    removed = _remove([pk for pk in made if pk in own])
    for row in rows:
        _undo(row, own, actor, removed=removed, is_stuck=row.pk in stuck)
    write_changed(rows=rows, columns=UNDONE_COLUMNS)
    left = undoable_rows(sheet).count()
    total = max(sheet.rows_total, left)
    return Continue({"state": sheet.state, "left": left}, done=total - left, total=total)


def _undo(
    row: SpreadsheetRow,
    own: Mapping[int, Organization],
    actor: User,
    *,
    removed: frozenset[int],
    is_stuck: bool,
) -> None:
    organization = own.get(row.organization_id or 0)
    if row.outcome not in (Outcome.CREATED, Outcome.UPDATED):
        row.outcome = Outcome.RESTORED  # only its proposal to a cluster was withdrawn
    elif is_stuck or organization is None:
        row.outcome = Outcome.KEPT
    elif row.outcome == Outcome.CREATED:
        row.outcome = Outcome.REMOVED if organization.pk in removed else Outcome.KEPT
        row.organization = None if row.outcome == Outcome.REMOVED else organization
    else:
        _restore(organization, row, actor)
        row.outcome = Outcome.RESTORED
    row.before = {}


def _remove(ids: Sequence[int]) -> frozenset[int]:
    """Delete organizations, all at once if nothing holds on to any, and return which went."""
    try:
        with transaction.atomic():
            Organization.objects.filter(pk__in=ids).delete()
    except (ProtectedError, RestrictedError):
        if len(ids) == 1:
            return frozenset()
        return frozenset().union(*(_remove([pk]) for pk in ids))
    return frozenset(ids)


def _restore(organization: Organization, row: SpreadsheetRow, actor: User) -> None:
    before: dict[str, Any] = row.before
    for name, value in before.items():
        if name not in _RELATED:
            day = name == "founded_on" and value
            setattr(organization, name, dt.date.fromisoformat(value) if day else value)
    organization.revision += 1
    organization.save()
    if "activities" in before:
        _restore_activities(organization, before["activities"])
    if "site" in before:
        _restore_site(organization, before["site"])
    if "number" in before and (number := row.values.get("number")):
        organization.identifiers.filter(
            scheme=number["scheme"], normalized=number["normalized"]
        ).delete()
    announce(organization, actor.pk)


def _restore_activities(organization: Organization, records: Iterable[Sequence[Any]]) -> None:
    organization.activity_records.all().delete()
    OrganizationActivity.objects.bulk_create(
        OrganizationActivity(organization=organization, classification_id=pk, is_main=is_main)
        for pk, is_main in records
    )


def _restore_site(organization: Organization, facts: dict[str, Any] | None) -> None:
    site = main_site(organization)
    if site is None:
        return
    if facts is None:
        site.delete()
    else:
        put_site(site, facts)


def _withdraw(rows: Sequence[SpreadsheetRow]) -> None:
    """Take back proposals to clusters that nobody has answered."""
    for row in rows:
        if cluster := row.before.get("affiliation"):
            Affiliation.objects.filter(
                organization=row.organization_id,
                cluster=cluster,
                member_confirmed_on=None,
                ended_on=None,
            ).delete()

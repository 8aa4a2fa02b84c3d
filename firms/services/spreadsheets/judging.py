"""The fate of rows: what importing them would do, and why it cannot be done."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from firms.models import (
    Fate,
    Identifier,
    Organization,
    RemovedRecord,
    Spreadsheet,
    SpreadsheetRow,
)
from firms.policies import visible_organizations
from firms.policies.spreadsheets import SOURCE, importable_organizations, reference_prefix
from firms.services.spreadsheets.changes import changes_of
from firms.services.spreadsheets.likeness import Named, nearest_organizations
from firms.services.spreadsheets.places import Reference
from firms.services.spreadsheets.understanding import ERROR, Understood, understand

JUDGED = ("fate", "key", "number_key", "values", "problems", "alike", "choice", "organization")
# Why a row looks like an organization: what a person may answer depends on it.
BY_NUMBER, BY_NAME, BY_REFERENCE = "number", "name", "reference"


@dataclass(frozen=True)
class Court:
    """All that judging rows of one spreadsheet needs."""

    sheet: Spreadsheet
    actor: User
    reference: Reference
    today: dt.date


@dataclass
class _Evidence:
    """What the database knows of a chunk of rows."""

    by_reference: Mapping[str, int] = field(default_factory=dict)
    by_number: Mapping[tuple[str, str], int] = field(default_factory=dict)
    own: Mapping[int, Organization] = field(default_factory=dict)
    visible: frozenset[int] = frozenset()
    earlier: Mapping[str, int] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()


def judge_rows(rows: Sequence[SpreadsheetRow], court: Court, *, look: bool = True) -> None:
    """Give rows their fate; ``look`` asks for organizations alike by name, which takes longer."""
    sheet = court.sheet
    understood = {
        row.pk: understand(row, sheet.mapping, sheet.dialect, court.reference, court.today)
        for row in rows
    }
    evidence = _gather(rows, understood, court)
    for row in rows:
        _judge(row, understood[row.pk], evidence, court)
    fresh = [row for row in rows if row.fate == Fate.CREATE]
    if look:
        _look_around(fresh, court)
    else:
        _remember_likeness(fresh)
    for row in rows:
        if row.fate != Fate.ALIKE:
            row.alike, row.choice = None, ""


def _gather(
    rows: Sequence[SpreadsheetRow], understood: Mapping[int, Understood], court: Court
) -> _Evidence:
    prefix = reference_prefix(court.sheet.owner)
    keys = {found.key for found in understood.values() if found.key}
    refs = Organization.objects.filter(
        source=SOURCE, source_ref__in=[f"{prefix}:{key}" for key in keys]
    )
    by_reference = {
        ref.removeprefix(f"{prefix}:"): pk for ref, pk in refs.values_list("source_ref", "pk")
    }
    numbers = [found.values["number"] for found in understood.values() if "number" in found.values]
    holders = Identifier.objects.filter(
        scheme__in={number["scheme"] for number in numbers},
        normalized__in={number["normalized"] for number in numbers},
    )
    by_number = {
        (scheme, normalized): pk
        for scheme, normalized, pk in holders.values_list("scheme", "normalized", "organization_id")
    }
    ids = {*by_reference.values(), *by_number.values()}
    own = importable_organizations(court.actor, court.sheet.owner).filter(pk__in=ids)
    visible = visible_organizations(court.actor).filter(pk__in=ids).values_list("pk", flat=True)
    return _Evidence(
        by_reference,
        by_number,
        {row.pk: row for row in own.prefetch_related("activity_records", "sites", "identifiers")},
        frozenset(visible),
        _earlier(rows, understood, court.sheet),
        _removed(prefix, keys),
    )


def _removed(prefix: str, keys: Iterable[str]) -> frozenset[str]:
    """Return the keys of rows whose organization asked not to be listed."""
    refs = RemovedRecord.objects.filter(
        source=SOURCE, source_ref__in=[f"{prefix}:{key}" for key in keys]
    )
    gone = refs.values_list("source_ref", flat=True)
    return frozenset(ref.removeprefix(f"{prefix}:") for ref in gone)


def _earlier(
    rows: Sequence[SpreadsheetRow], understood: Mapping[int, Understood], sheet: Spreadsheet
) -> dict[str, int]:
    """Return the first good row of each key and number, here or in what was judged before."""
    good = [row for row in rows if not understood[row.pk].is_wrong and not row.fault]
    own = [
        (key, row.number)
        for row in good
        for key in (understood[row.pk].key, number_key(understood[row.pk]))
    ]
    known = sheet.rows.exclude(pk__in=[row.pk for row in rows]).exclude(fate__in=("", Fate.REJECT))
    asked = {key for key, _number in own}
    first: dict[str, int] = {}
    for column in ("key", "number_key"):
        found = known.filter(**{f"{column}__in": asked - {""}}).order_by("number")
        own += found.values_list(column, "number")
    for key, number in own:
        if key:
            first[key] = min(number, first.get(key, number))
    return first


def number_key(found: Understood) -> str:
    """Return the number of a row as one text: no two rows of a file may bring in the same."""
    number = found.values.get("number")
    return f"#{number['scheme']}:{number['normalized']}" if number else ""


def _judge(row: SpreadsheetRow, found: Understood, evidence: _Evidence, court: Court) -> None:
    row.key, row.values, row.problems = found.key, found.values, found.problems
    row.number_key = number_key(found)
    before = row.alike_id
    row.alike = row.organization = None
    keys = (found.key, row.number_key)
    first = min(evidence.earlier.get(key, row.number) for key in keys)
    if first < row.number:
        found.say("", "repeated", ERROR, row=first)
    if found.key in evidence.removed:
        found.say("", "removed_on_request", ERROR)
    if fault := row.fault:
        found.say("", f"fault_{fault}", ERROR)
    if found.is_wrong:
        row.fate = Fate.REJECT
        return
    number = found.values.get("number")
    holder = number and evidence.by_number.get((number["scheme"], number["normalized"]))
    target = evidence.by_reference.get(found.key)
    _decide(row, found, evidence, (target, holder or None))
    if row.fate == Fate.CREATE and before:
        row.alike_id = before


def _decide(
    row: SpreadsheetRow,
    found: Understood,
    evidence: _Evidence,
    known: tuple[int | None, int | None],
) -> None:
    """Choose by who already is this row: by its reference first, then by its number."""
    target, holder = known
    if target and holder and target != holder:
        return _refuse(row, found, holder, evidence)
    pk = target or holder
    if pk is None:
        row.fate = Fate.CREATE
        return None
    if pk not in evidence.own:
        basis = BY_REFERENCE if target else BY_NUMBER
        return _point_at(row, found, pk, basis, evidence)
    changed = changes_of(evidence.own[pk], found.values)
    row.fate = Fate.UPDATE if changed else Fate.UNCHANGED
    row.organization_id = pk
    return None


def _refuse(row: SpreadsheetRow, found: Understood, holder: int, evidence: _Evidence) -> None:
    code = "number_of_another" if holder in evidence.visible else "number_unusable"
    found.say("tax_number", code, ERROR)
    row.fate = Fate.REJECT


def _point_at(
    row: SpreadsheetRow, found: Understood, pk: int, basis: str, evidence: _Evidence
) -> None:
    """Show who it looks like, to who may see that; to others nothing about it is said."""
    if pk not in evidence.visible:
        return _refuse(row, found, pk, evidence)
    _set_alike(row, pk, basis)
    return None


def _set_alike(row: SpreadsheetRow, pk: int, basis: str) -> None:
    row.fate, row.alike_id = Fate.ALIKE, pk
    row.values = row.values | {"alike_by": basis}


def _look_around(rows: Sequence[SpreadsheetRow], court: Court) -> None:
    named = [_named(row, court.reference) for row in rows]
    nearest = nearest_organizations(named, court.actor)
    for row in rows:
        if row.number in nearest:
            if row.alike_id not in (None, nearest[row.number]):
                row.choice = ""  # it was said of another organization
            _set_alike(row, nearest[row.number], BY_NAME)


def _remember_likeness(rows: Sequence[SpreadsheetRow]) -> None:
    """Keep what the check found: an organization that is gone since no longer looks like it."""
    asked = {row.alike_id for row in rows if row.alike_id}
    alive = set(Organization.objects.filter(pk__in=asked).values_list("pk", flat=True))
    for row in rows:
        if row.alike_id in alive and row.alike_id is not None:
            _set_alike(row, row.alike_id, BY_NAME)


def _named(row: SpreadsheetRow, reference: Reference) -> Named:
    values = row.values
    names = tuple(values[name] for name in ("legal_name", "trade_name") if name in values)
    place = values.get("place")
    point = (place["longitude"], place["latitude"]) if place else None
    return Named(row.number, names, reference.country_ids[values["country"]], point)

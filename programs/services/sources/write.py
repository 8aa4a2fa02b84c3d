"""Writing programs read from a source: what is equal stays, what changed is replaced."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programs.models import Call, Program, ProgramStatus
from programs.services.announce import rules_changed
from programs.services.criteria import replace_criteria
from programs.services.sources.entries import (
    CallEntry,
    CannotLoad,
    CriterionEntry,
    ProgramEntry,
)
from programs.services.sources.resolve import read_codes

CALL_COLUMNS = tuple(f.name for f in fields(CallEntry) if f.name not in {"ref", "criteria"})
DATED = ("opens_at", "closes_at", "status", "time_zone")
PROGRAM_COLUMNS = (
    "slug", "code", "agency_name", "policy_role", "url", "legal_basis", "recurrence", "license",
)  # fmt: skip


@dataclass
class Tally:
    """How many programs and calls were read, and how many of them were new or changed."""

    programs: int = 0
    calls: int = 0
    new: int = 0
    changed: int = 0


@transaction.atomic
def write_programs(*, source: str, entries: Iterable[ProgramEntry], now: dt.datetime) -> Tally:
    """Write programs with their criteria and calls; ask for verdicts of the calls that changed.

    Raises:
        CannotLoad: an entry names a place, activity or certificate that is not known.
    """
    writer = _Writer(source, now)
    for entry in entries:
        writer.write(entry)
    if writer.judged:
        rules_changed(calls=writer.judged)
    return writer.tally


class _Writer:
    """One pass over a source."""

    def __init__(self, source: str, now: dt.datetime) -> None:
        self.source, self.now = source, now
        self.codes, self.tally = read_codes(), Tally()
        self.judged: set[int] = set()
        self.programs = {row.source_ref: row for row in Program.objects.filter(source=source)}
        self.calls = {row.source_ref: row for row in Call.objects.filter(source=source)}

    def write(self, entry: ProgramEntry) -> None:
        """Write a program, then its calls."""
        program = self._program(entry)
        shared = replace_criteria(owner=program, entries=self._resolved(entry.criteria, entry.ref))
        self.tally.programs += 1
        for item in entry.calls:
            call, has_new_dates = self._call(item, program)
            own = replace_criteria(owner=call, entries=self._resolved(item.criteria, item.ref))
            self.tally.calls += 1
            self.tally.changed += (own or shared) and item.ref in self.calls
            if shared or own or has_new_dates:
                self.judged.add(call.pk)

    def _resolved(self, entries: Iterable[CriterionEntry], ref: str) -> list[CriterionEntry]:
        try:
            return [self.codes.resolve(entry) for entry in entries]
        except CannotLoad as error:
            raise CannotLoad(f"{ref}: {error}") from error

    def _program(self, entry: ProgramEntry) -> Program:
        known = self.programs.get(entry.ref)
        program = known or Program(
            source=self.source, source_ref=entry.ref, status=ProgramStatus.PUBLISHED
        )
        self._save(program, _columns(entry), entry.ref)
        wanted = {self.codes.unit(code) for code in entry.territories}
        if known is None or wanted != set(program.territories.values_list("pk", flat=True)):
            program.territories.set(wanted)
        return program

    def _call(self, entry: CallEntry, program: Program) -> tuple[Call, bool]:
        """Write a call; say whether its dates are new, so that time may judge differently."""
        known = self.calls.get(entry.ref)
        call = known or Call(source=self.source, source_ref=entry.ref)
        if entry.is_illustration and call.closes_at and call.closes_at > self.now:
            entry = replace(entry, opens_at=call.opens_at, closes_at=call.closes_at)
        values = {name: getattr(entry, name) for name in CALL_COLUMNS} | {"program": program}
        has_new_dates = any(getattr(call, name) != values[name] for name in DATED)
        self._save(call, values, entry.ref)
        return call, known is None or has_new_dates

    def _save(self, row: Program | Call, values: dict[str, Any], ref: str) -> None:
        is_new = row.pk is None
        changed = [name for name, value in values.items() if getattr(row, name, None) != value]
        if not (is_new or changed):
            return
        for name, value in values.items():
            setattr(row, name, value)
        try:
            row.clean_fields(exclude={"program", "agency"})
        except ValidationError as error:
            raise CannotLoad(f"{ref}: {error.message_dict}") from error
        row.save()
        self.tally.new += is_new
        self.tally.changed += not is_new


def _columns(entry: ProgramEntry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in PROGRAM_COLUMNS}
    for language in ("es", "pt", "en"):
        values[f"label_{language}"] = entry.names.get(language, "")
        values[f"objective_{language}"] = entry.objectives.get(language, "")
    return values | {"instruments": list(entry.instruments)}

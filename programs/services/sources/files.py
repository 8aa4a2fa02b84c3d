"""Programs written by hand, one TOML file each."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from programs.eligibility.terms import Check, Effect, Scope, Terms
from programs.models import CallStatus
from programs.services.sources.entries import CallEntry, CannotLoad, CriterionEntry, ProgramEntry

SOURCE = "racimo"
TERM_WORDS = {"scope", "check", "effect", "amount", "line"}
CRITERION_WORDS = {"kind", "text", "code", "clause", "language", "not", "parts"} | TERM_WORDS
MONEY = ("budget", "award_min", "award_max", "rate")


def read_files(*, folder: Path, today: dt.date) -> list[ProgramEntry]:
    """Read every file of a folder; illustrations are dated from ``today``.

    Raises:
        CannotLoad: there is none, or one is not as expected.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise CannotLoad(f"{folder.name}: no hay archivos .toml")
    return [_read(path, today) for path in paths]


def _read(path: Path, today: dt.date) -> ProgramEntry:
    try:
        with path.open("rb") as file:
            return _program(tomllib.load(file), today)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotLoad(f"{path.name}: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CannotLoad(f"{path.name}: {type(error).__name__} {error}") from error


def _program(data: dict[str, Any], today: dt.date) -> ProgramEntry:
    zone, language = data.pop("time_zone"), data.pop("language", "es")
    criteria = tuple(_criterion(item, language) for item in data.pop("criteria", ()))
    calls = tuple(_call(item, zone, language, today) for item in data.pop("calls", ()))
    lists: dict[str, Any] = {
        name: tuple(data.pop(name, ())) for name in ("instruments", "territories")
    }
    _only(data, {field.name for field in fields(ProgramEntry)})
    return ProgramEntry(criteria=criteria, calls=calls, **lists, **data)


def _only(data: Mapping[str, Any], names: set[str]) -> None:
    if unknown := sorted(set(data) - names):
        raise KeyError(", ".join(unknown))


def _criterion(data: dict[str, Any], language: str) -> CriterionEntry:
    """Read a condition: what is not a word of the format is a parameter of its kind."""
    own = data.get("language", language)
    return CriterionEntry(
        kind=data["kind"],
        text=data.get("text", ""),
        parameters={name: value for name, value in data.items() if name not in CRITERION_WORDS},
        code=data.get("code", ""),
        terms=Terms(
            data.get("not", False),
            Scope(data.get("scope", Scope.APPLICANT)),
            Check(data.get("check", Check.APPLY)),
            Effect(data.get("effect", Effect.GATE)),
            Decimal(str(data.get("amount", 0))),
            data.get("line", ""),
        ),
        clause=data.get("clause", ""),
        language=own,
        parts=tuple(_criterion(part, own) for part in data.get("parts", ())),
    )


def _call(data: dict[str, Any], zone: str, language: str, today: dt.date) -> CallEntry:
    values: dict[str, Any] = {"time_zone": zone, "language": language} | data
    for name in MONEY:
        if name in values:
            values[name] = Decimal(str(values[name]))
    values["criteria"] = tuple(_criterion(item, language) for item in data.get("criteria", ()))
    if days := values.pop("illustration_days", None):
        values |= _illustrated(days, ZoneInfo(values["time_zone"]), today)
    _only(values, {field.name for field in fields(CallEntry)})
    return CallEntry(**values)


def _illustrated(days: list[int], zone: ZoneInfo, today: dt.date) -> dict[str, Any]:
    """Date a call that shows the product: open some days before today, closed some after."""
    opens, closes = (today + dt.timedelta(days=count) for count in days)
    return {
        "is_illustration": True,
        "status": CallStatus.PUBLISHED,
        "opens_at": dt.datetime.combine(opens, dt.time(), zone),
        "closes_at": dt.datetime.combine(closes, dt.time(15), zone),
    }

"""What a row of cells says of an organization, and which of its cells say nothing."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from firms.identifiers import InvalidIdentifier, check_tax_number
from firms.models import SpreadsheetRow
from firms.names import bare_name
from firms.services.spreadsheets.places import Located, Reference, Written
from firms.sources import cells as parse
from firms.sources.cells import CellProblem
from firms.sources.kinds import kind_of

ERROR, NOTICE = "error", "notice"
# A row without these, or with a wrong one, cannot be imported; other cells are left out instead.
HARD = {"legal_name", "country", "tax_number", "latitude", "longitude"}
NAME_LIMIT, ACRONYM_LIMIT, LINE_LIMIT, TEXT_LIMIT, ADDRESS_LIMIT = 250, 40, 160, 1_200, 250
ID_LIMIT = 60
_T = TypeVar("_T")


@dataclass
class Understood:
    """The facts of a row, its key within its owner's rows, and what is wrong with it."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    key: str = ""

    def say(self, about: str, code: str, level: str, **given: object) -> None:
        """Add a problem, or a notice, with what its sentence needs."""
        said = {name: str(value) for name, value in given.items()}
        self.problems.append({"field": about, "code": code, "level": level, "given": said})

    @property
    def is_wrong(self) -> bool:
        """Say whether the row cannot be imported as it stands."""
        return any(problem["level"] == ERROR for problem in self.problems)


def understand(
    row: SpreadsheetRow,
    mapping: Mapping[str, int],
    dialect: Mapping[str, Any],
    reference: Reference,
    today: dt.date,
) -> Understood:
    """Return what a row says."""
    found = Understood()
    read = _Reader(row.cells, mapping, found)
    _names(read)
    _country(read, reference, str(dialect.get("country", "")))
    _number(read)
    _profile(read, dialect, today)
    if found.values.get("country"):
        _activity(read, reference)
        _place(read, reference, str(dialect.get("decimal", ".")))
    for index in row.formulas:
        about = next((name for name, column in mapping.items() if column == index), "")
        if about:
            found.say(about, "formula", NOTICE)
    found.key = _key(found.values, read.text("external_id"))
    return found


class _Reader:
    """The cells of a row by field; what cannot be read becomes a problem."""

    def __init__(self, cells: Sequence[str], mapping: Mapping[str, int], found: Understood) -> None:
        self._cells, self._mapping, self.found = cells, mapping, found
        self.values = found.values

    def text(self, about: str) -> str:
        index = self._mapping.get(about, -1)
        return parse.clean(self._cells[index]) if 0 <= index < len(self._cells) else ""

    def get(self, about: str, convert: Callable[[str], _T]) -> _T | None:
        try:
            return convert(self.text(about))
        except CellProblem as problem:
            level = ERROR if about in HARD else NOTICE
            self.found.say(about, problem.code, level, **problem.given)
            return None

    def keep(self, about: str, convert: Callable[[str], object]) -> None:
        value = self.get(about, convert)
        if value not in (None, ""):
            self.values[about] = value


def _names(read: _Reader) -> None:
    read.keep("legal_name", lambda text: parse.name_of(text, NAME_LIMIT))
    read.keep("trade_name", lambda text: parse.name_of(text, NAME_LIMIT))
    read.keep("acronym", lambda text: parse.name_of(text, ACRONYM_LIMIT))
    if read.found.is_wrong:
        return
    if "legal_name" not in read.values:
        if "trade_name" not in read.values:
            read.found.say("legal_name", "name_missing", ERROR)
            return
        read.values["legal_name"] = read.values.pop("trade_name")
    if read.values.get("trade_name") == read.values["legal_name"]:
        del read.values["trade_name"]


def _country(read: _Reader, reference: Reference, default: str) -> None:
    said = read.text("country")
    if said:
        read.keep("country", reference.places.country_of)
    elif default in reference.country_ids:
        read.values["country"] = default
    else:
        read.found.say("country", "country_missing", ERROR)


def _number(read: _Reader) -> None:
    text, country = read.text("tax_number"), read.values.get("country")
    if not text or not country:
        return
    try:
        checked = check_tax_number(country, text)
    except InvalidIdentifier as error:
        read.found.say(
            "tax_number",
            f"number_{error.problem.value}",
            ERROR,
            value=text,
            name=error.scheme.name,
            example=error.scheme.example,
        )
        return
    read.values["number"] = {
        "scheme": checked.scheme,
        "value": checked.value[:60],
        "normalized": checked.normalized[:60],
        "is_checked": checked.is_checked,
    }


def _profile(read: _Reader, dialect: Mapping[str, Any], today: dt.date) -> None:
    read.keep("kind", parse.kind_in)
    if "legal_name" in read.values and "kind" not in read.values:
        read.values["kind"] = kind_of(read.values["legal_name"])
        read.values["kind_is_guessed"] = True
    read.keep("one_line", lambda text: parse.name_of(text, LINE_LIMIT))
    read.keep("description", lambda text: parse.name_of(text, TEXT_LIMIT))
    read.keep("website", parse.website_of)
    read.keep("role_email", parse.email_of)
    read.keep("size_class", parse.size_of)
    day = read.get(
        "founded_on", lambda text: parse.date_of(text, str(dialect.get("dates", "dmy")), today)
    )
    if day:
        read.values["founded_on"] = day.isoformat()


def _activity(read: _Reader, reference: Reference) -> None:
    text = read.text("activity")
    if not text:
        return
    country = read.values["country"]
    activity = read.get("activity", lambda said: reference.activities.find(said, country))
    if activity is None:
        return
    read.values["activity"] = {"id": activity.id, "code": activity.code}
    if activity.is_guessed:
        read.found.say("activity", "activity_guessed", NOTICE, value=text, taken=activity.code)


def _place(read: _Reader, reference: Reference, decimal: str) -> None:
    latitude = read.get("latitude", lambda text: parse.degrees_of(text, decimal, 90))
    longitude = read.get("longitude", lambda text: parse.degrees_of(text, decimal, 180))
    is_point = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    written = Written(
        read.values["country"],
        read.text("city"),
        read.text("region"),
        longitude if is_point else None,
        latitude if is_point else None,
    )
    try:
        located = reference.places.locate(written)
    except CellProblem as problem:
        read.found.say("latitude", problem.code, ERROR, **problem.given)
        return
    if located is None:
        if written.city:
            read.found.say("city", "city_unknown", NOTICE, value=written.city)
        read.found.say("city", "place_missing", NOTICE)
        return
    read.values["place"] = _place_values(located, read.text("address"))
    for about, code, taken in located.notices:
        read.found.say(about, code, NOTICE, value=read.text(about), taken=taken)


def _place_values(located: Located, address: str) -> dict[str, Any]:
    return {
        "admin_unit_id": located.admin_unit_id,
        "city_id": located.city_id,
        "longitude": round(located.longitude, 6),
        "latitude": round(located.latitude, 6),
        "precision": located.precision,
        "name": located.name,
        "address": address[:ADDRESS_LIMIT],
    }


def _key(values: Mapping[str, Any], external_id: str) -> str:
    """Return what makes it the same row in the next file: id, number, or name and place."""
    if external_id:
        return f"e:{external_id}" if len(external_id) <= ID_LIMIT else f"e:{_digest(external_id)}"
    if number := values.get("number"):
        return f"t:{number['scheme']}:{number['normalized']}"
    name = bare_name(values.get("legal_name", ""))
    if not name:
        return ""
    place = values.get("place", {})
    where = place.get("city_id") or place.get("admin_unit_id") or ""
    return f"n:{_digest('|'.join((name, values.get('country', ''), str(where))))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]

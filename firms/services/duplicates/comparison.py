"""The fields in which two records differ, and which value stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field

from firms.models import Organization, Verification

# Decided by rule or by the database, not by a person who compares.
APART = frozenset({
    "id", "public_id", "created_at", "updated_at", "revision",
    "verification", "verified_on", "last_confirmed_on",
    "search_legal_name", "search_trade_name",
})  # fmt: skip
TIED = (("status", "closed_on"), ("source", "source_ref"))  # one means nothing without the other
EMPTY: tuple[Any, ...] = (None, "", [])
KEPT, REMOVED = "kept", "removed"
_LEVELS = {level: rank for rank, level in enumerate(Verification.values)}
Choices = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """A field, or several that go together, with the value of either record."""

    name: str
    fields: tuple["Field[Any, Any]", ...]
    kept: tuple[Any, ...]
    removed: tuple[Any, ...]

    @property
    def default(self) -> str:
        """Which value stays unless a person says otherwise: the only one there is, else ours."""
        return REMOVED if self.kept[0] in EMPTY and self.removed[0] not in EMPTY else KEPT

    def value(self, side: str) -> Any:
        """Return the value that people read, of a side."""
        return (self.kept if side == KEPT else self.removed)[0]


def differences_of(kept: Organization, *, removed: Organization) -> list[Difference]:
    """Return the fields in which two records differ, in the order of the model."""
    found = []
    for group in _groups():
        ours = tuple(getattr(kept, field.attname) for field in group)
        theirs = tuple(getattr(removed, field.attname) for field in group)
        if ours != theirs:
            found.append(Difference(group[0].name, group, ours, theirs))
    return found


def _groups() -> list[tuple["Field[Any, Any]", ...]]:
    by_name = {f.name: f for f in Organization._meta.concrete_fields if f.name not in APART}
    followers = {name for group in TIED for name in group[1:]}
    tied = {group[0]: group for group in TIED}
    return [
        tuple(by_name[each] for each in tied.get(name, (name,)))
        for name in by_name
        if name not in followers
    ]


def chosen_sides(kept: Organization, removed: Organization, choices: Choices) -> dict[str, str]:
    """Return the side whose value stays for each difference, as chosen or else by rule."""
    return {
        each.name: REMOVED if choices.get(each.name, each.default) == REMOVED else KEPT
        for each in differences_of(kept, removed=removed)
    }


def chosen_columns(kept: Organization, removed: Organization, choices: Choices) -> dict[str, Any]:
    """Return the columns that the record has after the union; what nobody chose stays by rule."""
    columns: dict[str, Any] = {}
    sides = chosen_sides(kept, removed, choices)
    for difference in differences_of(kept, removed=removed):
        values = difference.removed if sides[difference.name] == REMOVED else difference.kept
        columns |= dict(zip((f.attname for f in difference.fields), values, strict=True))
    return columns | _trust(kept, removed)


def _trust(kept: Organization, removed: Organization) -> dict[str, Any]:
    """The higher verification with its date, and the later confirmation."""
    best = max(kept, removed, key=lambda row: _LEVELS[row.verification])
    confirmed = [row.last_confirmed_on for row in (kept, removed) if row.last_confirmed_on]
    return {
        "verification": best.verification,
        "verified_on": best.verified_on,
        "last_confirmed_on": max(confirmed, default=None),
    }

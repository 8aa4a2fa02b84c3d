"""Reasons as data: a code and its parameters; words are made when a person reads them."""

from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = str | int | float | list[int] | list[str]


@dataclass(frozen=True)
class Reason:
    """One fact that speaks for a match, or against it.

    Codes in favor: ``same_classification`` (scheme, entry, level, exact), ``terms`` (terms),
    ``covers_place`` (rule, km, distance_km), ``holds_certificates`` (ids),
    ``same_cluster`` (ids), ``wanted_size`` (size), ``fresh`` (days).
    Codes against: ``other_classification``, ``few_terms``, ``far`` (distance_km),
    ``other_size`` (size), ``old`` (days).
    """

    code: str
    params: dict[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, Value]:
        """Return what is stored."""
        return {"code": self.code, **self.params}

    @classmethod
    def from_json(cls, stored: dict[str, Value]) -> "Reason":
        """Read what was stored."""
        return cls(str(stored["code"]), {k: v for k, v in stored.items() if k != "code"})


@dataclass(frozen=True)
class Explanation:
    """What speaks for a match, strongest first, and the one thing that speaks against it."""

    reasons: tuple[Reason, ...] = ()
    weakness: Reason | None = None

"""The input of a case, and the refusal of one whose shape no metric knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

Answer = Mapping[str, Any]


class UnknownShapeError(ValueError):
    """The case asks for something that no metric of this family takes."""


@dataclass(frozen=True)
class Input:
    """What a case gives, what it asks for, and the inputs of the cases beside it."""

    given: Mapping[str, Any]
    asked: Collection[str]
    others: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.given[key]

    def has(self, *keys: str) -> bool:
        """Say whether the case gives all of these."""
        return all(key in self.given for key in keys)

    def get(self, key: str, default: Any = None) -> Any:
        """Return what the case gives, or a default."""
        return self.given.get(key, default)

    def refuse(self) -> UnknownShapeError:
        """Return the refusal that names what was given."""
        return UnknownShapeError(f"input of {', '.join(sorted(self.given)) or 'nothing'}")

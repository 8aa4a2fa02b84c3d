"""What identifies a record, as the comparison reads it."""

import hashlib
from dataclasses import dataclass

from firms.names import bare_name

Number = tuple[str, str]  # scheme and the number in its one form
Spot = tuple[float, float]  # longitude and latitude in degrees, WGS 84


@dataclass(frozen=True)
class RecordFacts:
    """One record: names, numbers, hosts of its site and mail, kind, and where it works.

    Nothing known is empty or None, never a guess.
    """

    id: int
    country: str
    kind: str
    names: tuple[str, ...]
    acronym: str = ""
    numbers: frozenset[Number] = frozenset()
    hosts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()

    def identity(self) -> str:
        """Return the facts that an answer about it rests on, as one line of text."""
        names = sorted({bare_name(name) for name in self.names})
        numbers = sorted("=".join(number) for number in self.numbers)
        parts = (self.country, *names, *numbers, *sorted(self.hosts), *sorted(self.emails))
        return "\x1f".join(parts)


def facts_digest(one: RecordFacts, other: RecordFacts) -> str:
    """Return a digest of what identifies both, whichever comes first."""
    text = "\x1e".join(sorted((one.identity(), other.identity())))
    return hashlib.sha256(text.encode()).hexdigest()

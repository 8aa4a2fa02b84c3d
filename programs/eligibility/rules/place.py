"""Rules about where an organization works."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from programs.eligibility import answers, reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts, Path
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing


class Where(StrEnum):
    """Which places of the organization count."""

    ANY_SITE = "any_site"
    HEADQUARTERS = "headquarters"


def inside(path: Path, unit: Path) -> bool:
    """Say whether a path is the unit or lies under it."""
    return path[: len(unit)] == unit


@dataclass(frozen=True, slots=True)
class Territory:
    """A site (or the headquarters) lies in one of these divisions, by the tree of divisions."""

    units: tuple[Path, ...]
    where: Where = Where.ANY_SITE

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"units": ["CL/CL-LI"], "where": "any_site"}``."""
        reading.only(parameters, {"units", "where"})
        where = reading.choice(parameters, "where", list(Where), Where.ANY_SITE)
        return cls(reading.paths(parameters, "units"), Where(where))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Pass if one place lies inside; unknown if one is known too broadly to tell."""
        places = [
            place.path
            for place in facts.places.value
            if place.headquarters or self.where is Where.ANY_SITE
        ]
        within = [path for path in places if any(inside(path, unit) for unit in self.units)]
        broader = [path for path in places if any(inside(unit, path) for unit in self.units)]
        if within:
            return self._finding(facts, Answer.PASS, Reason.LISTED, within)
        if broader:
            return self._finding(facts, Answer.UNKNOWN, Reason.TOO_BROAD, broader)
        if not places:
            return self._finding(facts, Answer.UNKNOWN, Reason.MISSING, [])
        return self._finding(facts, Answer.FAIL, Reason.NOT_LISTED, places)

    def _finding(self, facts: Facts, answer: Answer, reason: Reason, used: list[Path]) -> Finding:
        ends = tuple(sorted({path[-1] for path in used}))
        return Finding(answer, reason, FactName.PLACES, ends, facts.places.provenance)


@dataclass(frozen=True, slots=True)
class ExecutionIn:
    """The project is carried out in one of these divisions; with ``every``, nowhere else."""

    units: tuple[Path, ...]
    every: bool = False

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"units": ["CL/CL-TA"], "every": true}``."""
        reading.only(parameters, {"units", "every"})
        return cls(reading.paths(parameters, "units"), reading.flag(parameters, "every"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare the places of the project by the tree of divisions."""
        known = facts.more.get(FactName.EXECUTION_PLACES)
        if known is None or not isinstance(known.value, tuple) or not known.value:
            return missing(FactName.EXECUTION_PLACES)
        places = [place for place in known.value if isinstance(place, tuple)]
        each = [self._one(place) for place in places]
        answer = (answers.all_of if self.every else answers.any_of)(each)
        reason = {Answer.PASS: Reason.LISTED, Answer.FAIL: Reason.NOT_LISTED}.get(
            answer, Reason.TOO_BROAD
        )
        ends = tuple(sorted({place[-1] for place in places}))
        return Finding(answer, reason, FactName.EXECUTION_PLACES, ends, known.provenance)

    def _one(self, place: Path) -> Answer:
        if any(inside(place, unit) for unit in self.units):
            return Answer.PASS
        broader = any(inside(unit, place) for unit in self.units)
        return Answer.UNKNOWN if broader else Answer.FAIL

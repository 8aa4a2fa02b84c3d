"""Rules about what an organization does."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from programs.eligibility import reading
from programs.eligibility.answers import Answer
from programs.eligibility.durations import Duration
from programs.eligibility.facts import Activity, Fact, FactName, Facts, Path
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.base import missing
from programs.eligibility.rules.place import inside


class Which(StrEnum):
    """Which activities of the organization count."""

    ANY = "any"
    MAIN = "main"


@dataclass(frozen=True, slots=True)
class ActivityIn:
    """An activity lies in one of these branches, for at least ``min_age`` where that is asked."""

    branches: tuple[Path, ...]
    which: Which = Which.ANY
    min_age: Duration | None = None

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"activities": ["C/11"], "which": "any", "min_age": "P2Y"}``."""
        reading.only(parameters, {"activities", "which", "min_age"})
        which = Which(reading.choice(parameters, "which", list(Which), Which.ANY))
        branches = reading.paths(parameters, "activities")
        return cls(branches, which, reading.duration(parameters, "min_age"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Take the best answer over the activities that count."""
        known = facts.activities
        if known is None:
            return missing(FactName.ACTIVITIES)
        counted = [a for a in known.value if a.main or self.which is Which.ANY]
        if not counted:
            return missing(FactName.ACTIVITIES)
        return _best([self._one(activity, known, on) for activity in counted])

    def _one(self, activity: Activity, known: Fact[tuple[Activity, ...]], on: dt.date) -> Finding:
        used = ("/".join(activity.path),)
        answer, reason, flips_on = Answer.PASS, Reason.LISTED, None
        if not any(inside(activity.path, branch) for branch in self.branches):
            answer, reason = Answer.FAIL, Reason.NOT_LISTED
            if any(inside(branch, activity.path) for branch in self.branches):
                answer, reason = Answer.UNKNOWN, Reason.TOO_BROAD
        elif self.min_age and activity.since is None:
            answer, reason = Answer.UNKNOWN, Reason.MISSING
        elif self.min_age and activity.since and on < self.min_age.after(activity.since):
            answer, reason = Answer.FAIL, Reason.TOO_YOUNG
            flips_on = self.min_age.after(activity.since)
        return Finding(answer, reason, FactName.ACTIVITIES, used, known.provenance, flips_on)


def _best(findings: list[Finding]) -> Finding:
    """Combine as alternatives: a pass, else an unknown, else the fail that time mends first."""
    order = (Answer.PASS, Answer.UNKNOWN, Answer.FAIL)
    answer = min((finding.answer for finding in findings), key=order.index)
    kept = [finding for finding in findings if finding.answer is answer]
    chosen = min(kept, key=lambda finding: finding.flips_on or dt.date.max)
    used = {value for finding in kept if finding.reason is chosen.reason for value in finding.used}
    waits = [finding.flips_on for finding in findings if finding.flips_on]
    flips_on = None if answer is Answer.PASS else min(waits, default=None)
    return Finding(
        answer, chosen.reason, chosen.fact, tuple(sorted(used)), chosen.provenance, flips_on
    )

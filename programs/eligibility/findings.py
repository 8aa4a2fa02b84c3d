"""What an evaluation found, as data; words are made when somebody reads it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Provenance


class Reason(StrEnum):
    """Why an answer is what it is."""

    LISTED = "listed"  # the value is among those asked for
    NOT_LISTED = "not_listed"  # it is not
    STRADDLES = "straddles"  # known as a band that lies partly inside
    TOO_BROAD = "too_broad"  # known only at a broader level
    MISSING = "missing"  # nothing is known
    TOO_YOUNG = "too_young"  # the span is not complete yet
    OLD_ENOUGH = "old_enough"
    TOO_OLD = "too_old"
    YOUNG_ENOUGH = "young_enough"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    UNCHECKED = "unchecked"  # only the organization can tell
    IN_RANGE = "in_range"
    OUT_OF_RANGE = "out_of_range"
    NO_UNIT_VALUE = "no_unit_value"  # the unit of the limit has no value for the day
    TOO_FEW_YEARS = "too_few_years"  # an average needs more years than are told
    NO_AWARD = "no_award"
    AWARDED = "awarded"
    COOLING_OFF = "cooling_off"  # an award is too recent
    UNREADABLE = "unreadable"  # the stored rule cannot be read: nobody is refused by it


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer: the values used, their provenance, and when it flips by itself."""

    answer: Answer
    reason: Reason
    fact: FactName | None = None
    used: tuple[str, ...] = ()
    provenance: Provenance | None = None
    flips_on: dt.date | None = None  # first day on which the answer changes by itself
    question: str = ""  # key of the declaration that would answer it

    @property
    def missing(self) -> FactName | None:
        """The fact to ask for, when the answer is unknown for want of it."""
        return self.fact if self.answer is Answer.UNKNOWN else None


class ResultData(TypedDict, total=False):
    """A result as stored JSON; ``children`` only for combined criteria."""

    criterion: int
    answer: str
    reason: str
    fact: str
    used: list[str]
    flips_on: str
    origin: str
    source: str
    as_of: str
    question: str
    children: "list[ResultData]"


@dataclass(frozen=True, slots=True)
class Result:
    """A criterion's answer, its finding, and for a combined criterion those of its parts."""

    criterion: int
    answer: Answer
    finding: Finding | None = None
    children: "tuple[Result, ...]" = ()

    def leaves(self) -> "tuple[Result, ...]":
        """Return the simple criteria under this one, itself included when it is simple."""
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())

    def as_data(self) -> ResultData:
        """Return the stored form, without what is empty."""
        data: ResultData = {"criterion": self.criterion, "answer": self.answer.value}
        if self.finding:
            data |= _finding_data(self.finding)
        if self.children:
            data["children"] = [child.as_data() for child in self.children]
        return data


def _finding_data(finding: Finding) -> ResultData:
    data: ResultData = {"reason": finding.reason.value}
    if finding.fact:
        data["fact"] = finding.fact.value
    if finding.used:
        data["used"] = list(finding.used)
    if finding.flips_on:
        data["flips_on"] = finding.flips_on.isoformat()
    if finding.question:
        data["question"] = finding.question
    if finding.provenance:
        data |= _provenance_data(finding.provenance)
    return data


def _provenance_data(provenance: Provenance) -> ResultData:
    data: ResultData = {"origin": provenance.origin.value}
    if provenance.source:
        data["source"] = provenance.source
    if provenance.as_of:
        data["as_of"] = provenance.as_of.isoformat()
    return data

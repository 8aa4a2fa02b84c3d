"""Rules that no stored fact can settle: only the organization can say."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Self

from programs.eligibility import answers, reading
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters


@dataclass(frozen=True, slots=True)
class Declared:
    """The organization says yes to a question; asked once, it serves every rule that shares it."""

    question: str

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{"question": "cl-no-labor-debt"}``."""
        reading.only(parameters, {"question"})
        return cls(reading.code(parameters, "question"))

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Repeat what the organization declared; until it does, nobody knows."""
        return said(facts, self.question)


def said(facts: Facts, question: str) -> Finding:
    """Answer a yes or no question by what was declared."""
    known = facts.declarations.get(question)
    name = FactName.DECLARATIONS
    if known is None:
        return Finding(Answer.UNKNOWN, Reason.UNCHECKED, name, question=question)
    reason = Reason.SAID_YES if known.value else Reason.SAID_NO
    answer = answers.of(known.value)
    return Finding(answer, reason, name, (), known.provenance, question=question)


@dataclass(frozen=True, slots=True)
class Affirmed:
    """A yes or no that many programs ask in the same words: its question is the kind's own."""

    question: str

    @classmethod
    def reader(cls, question: str) -> "Callable[[Parameters], Affirmed]":
        """Return the reader of a kind without parameters, ``{}``."""

        def read(parameters: Parameters) -> Affirmed:
            reading.only(parameters, ())
            return cls(question)

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Repeat what was declared."""
        return said(facts, self.question)


@dataclass(frozen=True, slots=True)
class Clear:
    """Nothing stands against the organization in any of the matters named (debts, registers)."""

    matter: str
    items: tuple[str, ...]

    @classmethod
    def reader(
        cls, matter: str, name: str, allowed: Collection[str] = ()
    ) -> "Callable[[Parameters], Clear]":
        """Return the reader of ``{name: ["tax", "labor"]}``; each item is asked once for all."""

        def read(parameters: Parameters) -> Clear:
            reading.only(parameters, {name})
            return cls(matter, reading.codes(parameters, name, allowed))

        return read

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Fail by the first matter that stands against it; unknown while one is not answered."""
        found = [said(facts, f"{self.matter}.{item}") for item in self.items]
        order = (Answer.FAIL, Answer.UNKNOWN, Answer.PASS)
        return min(found, key=lambda finding: order.index(finding.answer))

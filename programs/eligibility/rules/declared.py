"""Rules that no stored fact can settle: only the organization can say."""

import datetime as dt
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
        said = facts.declarations.get(self.question)
        name = FactName.DECLARATIONS
        if said is None:
            return Finding(Answer.UNKNOWN, Reason.UNCHECKED, name, question=self.question)
        reason = Reason.SAID_YES if said.value else Reason.SAID_NO
        answer = answers.of(said.value)
        return Finding(answer, reason, name, (), said.provenance, question=self.question)

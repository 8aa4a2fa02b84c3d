"""Rules about who leads an organization."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from programs.eligibility import answers, reading
from programs.eligibility.answers import all_of, any_of
from programs.eligibility.facts import FactName, Facts
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.amounts import Between
from programs.eligibility.rules.base import missing
from programs.eligibility.values import Limits

MORE_THAN_HALF = Decimal("50.01")


class LedBy(StrEnum):
    """What a program counts as led by women."""

    DECLARED = "declared"  # the organization says so
    BOARD = "board"  # more than half of the board
    CAPITAL = "capital"  # more than half of the capital, or ``min``
    BOARD_AND_CAPITAL = "board_and_capital"
    BOARD_OR_CAPITAL = "board_or_capital"


@dataclass(frozen=True, slots=True)
class WomenLed:
    """The organization is led by women, by one of the definitions that programs use."""

    definition: LedBy = LedBy.DECLARED
    minimum: Decimal = MORE_THAN_HALF

    @classmethod
    def read(cls, parameters: Parameters) -> Self:
        """Read ``{}`` or ``{"definition": "board_and_capital", "min": 50.01}`` (percent)."""
        reading.only(parameters, {"definition", "min"})
        given = reading.choice(parameters, "definition", list(LedBy), LedBy.DECLARED)
        least = reading.number(parameters, "min")
        return cls(LedBy(given), MORE_THAN_HALF if least is None else least)

    def find(self, facts: Facts, on: dt.date) -> Finding:
        """Compare what is told of board and capital, or what the organization says."""
        if self.definition is LedBy.DECLARED:
            return _as_declared(facts)
        board, capital = (
            Between(name, Limits(minimum=self.minimum)).find(facts, on)
            for name in (FactName.WOMEN_BOARD_PCT, FactName.WOMEN_CAPITAL_PCT)
        )
        if self.definition is LedBy.BOARD:
            return board
        if self.definition is LedBy.CAPITAL:
            return capital
        both = self.definition is LedBy.BOARD_AND_CAPITAL
        answer = (all_of if both else any_of)((board.answer, capital.answer))
        return board if board.answer is answer else capital


def _as_declared(facts: Facts) -> Finding:
    known = facts.women_led
    if known is None:
        return missing(FactName.WOMEN_LED)
    reason = Reason.SAID_YES if known.value else Reason.SAID_NO
    answer = answers.of(known.value)
    return Finding(answer, reason, FactName.WOMEN_LED, (), known.provenance)

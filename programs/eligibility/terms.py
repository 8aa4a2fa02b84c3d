"""What surrounds a criterion: of whom it is asked, when it is checked, and what it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from programs.eligibility.answers import Answer
from programs.eligibility.values import ZERO, Interval


class Scope(StrEnum):
    """Of whom a criterion is asked."""

    APPLICANT = "applicant"
    LEAD = "lead"
    EACH_PARTNER = "each_partner"
    CONSORTIUM = "consortium"
    PROJECT = "project"
    REPRESENTATIVE = "representative"
    BENEFICIARY_GROUP = "beneficiary_group"


class Check(StrEnum):
    """When it is checked, in the order of a support's life."""

    APPLY = "apply"
    ADMISSIBILITY = "admissibility"
    SIGNATURE = "signature"
    DISBURSEMENT = "disbursement"


CHECKS = tuple(Check)


class Effect(StrEnum):
    """What a criterion does when it passes; a gate is what it does when it does not."""

    GATE = "gate"
    RATE = "rate"  # percentage points on the share that is paid
    CAP = "cap"  # on the most that is paid, in the call's currency
    SCORE = "score"  # points in the evaluation
    ROUTE = "route"  # to a line of the program


@dataclass(frozen=True, slots=True)
class Terms:
    """The surroundings of one criterion; ``amount`` goes with rate, cap and score.

    ``negated`` turns the answer round: who meets it is excluded.
    """

    negated: bool = False
    scope: Scope = Scope.APPLICANT
    check: Check = Check.APPLY
    effect: Effect = Effect.GATE
    amount: Decimal = Decimal(0)
    line: str = ""

    @property
    def is_gate(self) -> bool:
        """Whether failing it refuses the application."""
        return self.effect is Effect.GATE


DEFAULT = Terms()


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What the effects add up to; an interval where some of them are not known yet."""

    rate: Interval = ZERO
    cap: Interval = ZERO
    score: Interval = ZERO
    lines: tuple[str, ...] = ()
    possible_lines: tuple[str, ...] = ()


def adjust(outcomes: Iterable[tuple[Terms, Answer]]) -> Adjustments:
    """Add up effects: what passes is certain, what is unknown is possible."""
    totals = {Effect.RATE: ZERO, Effect.CAP: ZERO, Effect.SCORE: ZERO}
    lines: set[str] = set()
    possible: set[str] = set()
    for terms, answer in outcomes:
        if answer is Answer.FAIL or terms.is_gate:
            continue
        certain = answer is Answer.PASS
        if terms.effect is Effect.ROUTE:
            (lines if certain else possible).add(terms.line)
        else:
            low = terms.amount if certain else Decimal(0)
            totals[terms.effect] = totals[terms.effect].plus(Interval(low, terms.amount))
    return Adjustments(
        totals[Effect.RATE],
        totals[Effect.CAP],
        totals[Effect.SCORE],
        tuple(sorted(lines)),
        tuple(sorted(possible - lines)),
    )

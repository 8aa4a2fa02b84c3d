"""The gate in front of every public cell: nobody may compute a single contributor's number."""

import enum
from collections.abc import Sequence

from insights.metrics.envelope import MINIMUM_CONTRIBUTORS

P_PERCENT = 10.0


class Decision(enum.StrEnum):
    """Whether a cell may be public, or which rule withholds it."""

    PUBLISH = "publish"
    FEW = "suppress_few_contributors"
    DOMINANT = "suppress_p_percent"


def gate(
    values: Sequence[float],
    min_contributors: int = MINIMUM_CONTRIBUTORS,
    p_percent: float = P_PERCENT,
) -> Decision:
    """Judge a cell by its contributors (legal groups): how many, and whether one dominates.

    p % rule: withheld if total - x1 - x2 < p % of x1, for then the second could tell the first
    (ESSnet Handbook on Statistical Disclosure Control). Contributors of 0 do not count.
    """
    present = sorted((value for value in values if value > 0), reverse=True)
    if len(present) < min_contributors:
        return Decision.FEW
    rest = sum(present[2:])
    # compared in hundredths of the largest, so that a cell at the limit is not lost to rounding
    return Decision.DOMINANT if 100 * rest < p_percent * present[0] else Decision.PUBLISH


def gate_row(cells: Sequence[Sequence[float]]) -> list[Decision]:
    """Judge the cells of a row whose total is public: one withheld alone would be its difference.

    When exactly one cell is withheld, the smallest of the others is withheld too.
    """
    decisions = [gate(cell) for cell in cells]
    hidden = [i for i, decision in enumerate(decisions) if decision is not Decision.PUBLISH]
    shown = [i for i, decision in enumerate(decisions) if decision is Decision.PUBLISH]
    if len(hidden) == 1 and shown:
        complement = min(shown, key=lambda i: (sum(cells[i]), i))
        decisions[complement] = Decision.FEW
    return decisions

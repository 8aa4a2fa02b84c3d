"""Rows with the words that their pages show."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from programs.models import Call
from programs.phrases.calls import When, amount, when
from programs.phrases.lines import Line, Reader, judged_lines
from programs.services.board import Card
from programs.services.labels import Labels


@dataclass(frozen=True)
class ShownCall:
    """A call with its dates and amount in words."""

    call: Call
    when: When
    amount: str

    @property
    def about(self) -> str:
        """The agency and the program, without saying the same twice."""
        program = self.call.program
        if program.shown_agency in program.label:
            return program.label
        return f"{program.shown_agency} · {program.label}"


@dataclass(frozen=True)
class ShownCard:
    """A call judged for an organization, line by line."""

    call: Call
    when: When
    amount: str
    lines: Sequence[Line]
    met: int
    total: int
    mended_on: dt.date | None
    is_open: bool

    @property
    def unmet_lines(self) -> list[Line]:
        """The conditions to look at: not met, or not known."""
        return [line for line in self.lines if line.state != "yes"]

    @property
    def refusing_lines(self) -> list[Line]:
        """The conditions that rule the organization out."""
        return [line for line in self.lines if line.state in ("no", "near")]

    @property
    def met_lines(self) -> list[Line]:
        """The conditions that are met."""
        return [line for line in self.lines if line.state == "yes"]

    @property
    def open_points(self) -> int:
        """How many conditions are not met, or not known."""
        return self.total - self.met


def shown_calls(calls: Iterable[Call], now: dt.datetime) -> list[ShownCall]:
    """Put calls in words."""
    return [ShownCall(call, when(call, now), amount(call)) for call in calls]


def shown_card(card: Card, labels: Labels, reader: Reader, now: dt.datetime) -> ShownCard:
    """Put a judged call in words; what is not met comes first."""
    results = card.judgment.assessment.results
    lines = judged_lines(card.criteria, results, labels, replace(reader, call=card.call))
    return ShownCard(
        call=card.call,
        when=when(card.call, now),
        amount=amount(card.call),
        lines=sorted(lines, key=lambda line: ORDER.index(line.state)),
        met=sum(line.state == "yes" for line in lines),
        total=len(lines),
        mended_on=card.judgment.mended_on,
        is_open=card.is_open,
    )


ORDER = ("no", "near", "unknown", "yes", "")

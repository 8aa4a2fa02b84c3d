"""What a sentence about a need says in passing: by when, how much, how far, which way money goes.

Pure: words in, facts out; Spanish, Portuguese and English at once, for people mix them.
"""

import datetime as dt
from dataclasses import dataclass

from matching.engine.hearing.amounts import Quantity, kilometers, quantity
from matching.engine.hearing.dates import day_named
from matching.engine.hearing.flow import Flow, likely_flow
from matching.engine.hearing.standards import hinted_standards
from matching.engine.hearing.urgency import NOW, urgency_of

__all__ = ["NOW", "Flow", "Heard", "Quantity", "hear"]


@dataclass(frozen=True)
class Heard:
    """What was heard; None and empty mean that nothing was said."""

    km: int | None = None
    deliver_by: dt.date | None = None
    urgency: str = ""
    quantity: Quantity | None = None
    flow: Flow = Flow.PAY
    hinted: tuple[str, ...] = ()  # codes of standards that the words may mean


def hear(text: str, *, today: dt.date) -> Heard:
    """Return what a sentence says; a month without a year is the next one of that name."""
    day = day_named(text, today)
    return Heard(
        km=kilometers(text),
        deliver_by=day,
        urgency=urgency_of(text, day, today),
        quantity=quantity(text),
        flow=likely_flow(text),
        hinted=hinted_standards(text),
    )

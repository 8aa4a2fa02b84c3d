"""Who is let in: access of small and medium firms to the segments of a chain."""

from dataclasses import dataclass

from insights.metrics.intervals import wilson

CLOSED_BELOW = 0.8
MINIMUM_AWARDS = 5


@dataclass(frozen=True)
class Share:
    """A share with its Wilson interval and its n."""

    value: float
    lo: float
    hi: float
    n: int


@dataclass(frozen=True)
class Access:
    """SMEs' share of awards over their share of those able; `verdict` is one of four words.

    open, closed, no_capable, or insufficient below five awards. Without an able SME it is a gap of
    capability, not exclusion, and the ratio is None.
    """

    awards: Share | None
    able: Share | None
    ratio: float | None
    verdict: str


def share(x: int, n: int) -> Share | None:
    """Return x of n with its interval; None for n = 0."""
    interval = wilson(x, n)
    return None if interval is None else Share(x / n, *interval, n)


def access(awards_sme: int, awards: int, able_sme: int, able: int) -> Access:
    """Judge one segment: closed if SMEs win less than 0.8 of parity, and surely less than parity.

    `able` counts legal groups that are capable and certified; awards are counted, not valued.
    """
    won, capable = share(awards_sme, awards), share(able_sme, able)
    if capable is None or able_sme == 0:
        return Access(won, capable, None, "no_capable")
    if won is None or awards < MINIMUM_AWARDS:
        return Access(won, capable, None, "insufficient")
    ratio = won.value / capable.value
    is_closed = ratio < CLOSED_BELOW and won.hi < capable.value
    return Access(won, capable, ratio, "closed" if is_closed else "open")

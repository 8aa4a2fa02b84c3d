"""What if this firm leaves: who would lose how much, wave by wave.

The words for it are "exposed", never "will fail"; names are for the cluster's manager and the firm
itself. Always show three thresholds: the choice of one is the reader's, not the platform's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from insights.metrics.dependence import Sale, Trade, denominators

THRESHOLDS = (0.3, 0.4, 0.5)


@dataclass(frozen=True)
class Cascade:
    """Waves of firms (the first leaves by assumption), shares of sales lost, and jobs exposed."""

    waves: tuple[tuple[str, ...], ...]
    exposed: tuple[str, ...]
    loss: Mapping[str, float]
    jobs: float
    direct_loss_share: float | None
    total_loss_share: float | None


def cascade(
    trade: Trade, removed: Collection[str], theta: float, *, replaced: float = 0.0
) -> Cascade:
    """Return the least fixed point: a seller is exposed once it loses `theta` or more of its sales.

    `theta` in (0, 1]; `replaced` in [0, 1] is the share of lost sales found elsewhere. The answer
    does not depend on order, grows as theta falls or more firms leave, shrinks as more is replaced,
    and a circle of sellers does not expose itself. Source: Watts 2002; Diem et al. 2022.
    """
    sales, totals = trade.sales, denominators(trade)
    gone, waves = set(removed), [tuple(sorted(removed))]
    while True:
        lost = _losses(sales, totals, gone, replaced)
        wave = [s for s in lost if s not in gone and lost[s] >= theta - 1e-12]
        if not wave:
            break
        gone.update(wave)
        waves.append(tuple(sorted(wave)))
    exposed = tuple(sorted(gone - set(removed)))
    staying = {s: share for s, share in lost.items() if s not in removed}
    return Cascade(
        waves=tuple(waves),
        exposed=exposed,
        loss=staying,
        jobs=sum(trade.jobs.get(s, 0.0) for s in exposed),
        direct_loss_share=_direct(sales, totals, set(removed), replaced),
        total_loss_share=_total(totals, staying, set(exposed)),
    )


def _losses(
    sales: Sequence[Sale], totals: Mapping[str, float], gone: Collection[str], replaced: float
) -> dict[str, float]:
    lost = dict.fromkeys(totals, 0.0)
    for seller, buyer, amount in sales:
        if buyer in gone:
            lost[seller] += amount
    return {s: (1 - replaced) * lost[s] / totals[s] for s in totals if totals[s] > 0}


def _direct(
    sales: Sequence[Sale], totals: Mapping[str, float], removed: Collection[str], replaced: float
) -> float | None:
    staying = sum(total for seller, total in totals.items() if seller not in removed)
    sold = sum(v for s, b, v in sales if b in removed and s not in removed)
    return (1 - replaced) * sold / staying if staying > 0 else None


def _total(
    totals: Mapping[str, float], loss: Mapping[str, float], exposed: Collection[str]
) -> float | None:
    """Return the share of all sales lost when an exposed firm loses everything."""
    everything = sum(totals[s] for s in loss)
    if everything <= 0:
        return None
    return sum(totals[s] * (1.0 if s in exposed else loss[s]) for s in loss) / everything

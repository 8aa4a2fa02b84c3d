"""Dependence on an anchor: how much of local sales and jobs hangs on one buyer.

From recorded local purchases, never from gross exports: an anchor that imports its inputs weighs
less on its neighbors than its exports suggest. Sales are (seller, buyer, amount) of legal groups.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from insights.metrics.concentration import hhi, largest_share

Sale = tuple[str, str, float]
MAJOR = 0.10
CRITICAL = 0.50


@dataclass(frozen=True)
class Trade:
    """Recorded sales, what sellers declare to sell in all, and their jobs."""

    sales: Sequence[Sale]
    declared: Mapping[str, float]
    jobs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SellerConcentration:
    """Bounds of a seller's Herfindahl over buyers, and the share of its sales that is recorded."""

    lower: float
    upper: float
    coverage: float
    is_consistent: bool = True


@dataclass(frozen=True)
class Dependence:
    """What hangs on one buyer, in shares; sellers in order."""

    revenue_share: float
    major: tuple[str, ...]
    critical: tuple[str, ...]
    critical_jobs_share: float | None
    buyer_hhi: float | None
    largest_buyer_share: float | None
    inconsistent: tuple[str, ...]


def denominators(trade: Trade) -> dict[str, float]:
    """Return each seller's total: what it declares, or what is recorded when that is more."""
    recorded = _recorded(trade.sales)
    sellers = sorted({*recorded, *trade.declared})
    return {s: max(trade.declared.get(s, 0.0), recorded.get(s, 0.0)) for s in sellers}


def inconsistent_sellers(trade: Trade) -> tuple[str, ...]:
    """Return the sellers with more recorded than declared; they are used as recorded, and named."""
    recorded, declared = _recorded(trade.sales), trade.declared
    slack = 1e-9
    return tuple(s for s in sorted(declared) if recorded.get(s, 0.0) > declared[s] * (1 + slack))


def seller_concentration(trade: Trade) -> dict[str, SellerConcentration]:
    """Return bounds of each seller's concentration over buyers.

    What is not recorded went to nobody in particular (lower) or to one buyer more (upper). A seller
    without sales has none.
    """
    totals, recorded = denominators(trade), _recorded(trade.sales)
    odd = set(inconsistent_sellers(trade))
    out = {}
    for seller, total in totals.items():
        if total <= 0:
            continue
        squares = sum(v**2 for v in _by_buyer(trade.sales, seller).values()) / total**2
        rest = (total - recorded.get(seller, 0.0)) / total
        coverage = recorded.get(seller, 0.0) / total
        out[seller] = SellerConcentration(squares, squares + rest**2, coverage, seller not in odd)
    return out


def dependence(trade: Trade, buyer: str) -> Dependence | None:
    """Return how sellers depend on `buyer`: shares of revenue and jobs; None without any sales.

    Major: a tenth or more of a seller's sales (the convention of ASC 280). Critical: half or more.
    """
    totals, jobs = denominators(trade), trade.jobs
    everything = sum(totals.values())
    if everything <= 0:
        return None
    sold = {s: _by_buyer(trade.sales, s).get(buyer, 0.0) for s in totals}
    parts = {s: sold[s] / total for s, total in totals.items() if total > 0}
    critical = tuple(s for s, part in parts.items() if part >= CRITICAL)
    all_jobs = sum(jobs.get(s, 0.0) for s in totals)
    by_buyer = list(_by_buyer(trade.sales, None).values())
    return Dependence(
        revenue_share=sum(sold.values()) / everything,
        major=tuple(s for s, part in parts.items() if part >= MAJOR),
        critical=critical,
        critical_jobs_share=sum(jobs.get(s, 0.0) for s in critical) / all_jobs
        if all_jobs
        else None,
        buyer_hhi=hhi(by_buyer),
        largest_buyer_share=largest_share(by_buyer),
        inconsistent=inconsistent_sellers(trade),
    )


def _recorded(sales: Sequence[Sale]) -> dict[str, float]:
    out: dict[str, float] = {}
    for seller, _, amount in sales:
        out[seller] = out.get(seller, 0.0) + amount
    return out


def _by_buyer(sales: Sequence[Sale], seller: str | None) -> dict[str, float]:
    out: dict[str, float] = {}
    for who, buyer, amount in sales:
        if seller is None or who == seller:
            out[buyer] = out.get(buyer, 0.0) + amount
    return dict(sorted(out.items()))

"""Averages over fiscal years, as programs ask for them; what is not told is unknown, never 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WHOLE = Decimal(100)


@dataclass(frozen=True)
class YearOfSales:
    """Exact sales of a fiscal year in one currency, and which share was exported, in percent."""

    fiscal_year: int
    amount: Decimal
    currency: str
    exports_pct: Decimal | None = None


def average_sales(
    years: Iterable[YearOfSales],
    *,
    last_year: int,
    count: int,
    exports_left_out: Decimal = Decimal(0),
) -> tuple[Decimal, str] | None:
    """Return the mean of the ``count`` years up to ``last_year``, and its currency.

    ``exports_left_out`` is the greatest share of the sales (0..100) that is taken off as exports.
    None where a year is missing, currencies differ, or a share that matters is unknown.
    """
    wanted = set(range(last_year - count + 1, last_year + 1))
    found = {year.fiscal_year: year for year in years if year.fiscal_year in wanted}
    currencies = {year.currency for year in found.values()}
    nets = [_net(year, exports_left_out) for year in found.values()]
    if count < 1 or set(found) != wanted or len(currencies) != 1 or None in nets:
        return None
    total = sum((net for net in nets if net is not None), Decimal(0))
    return total / count, currencies.pop()


def _net(year: YearOfSales, limit: Decimal) -> Decimal | None:
    if limit == 0:
        return year.amount
    if year.exports_pct is None:
        return None
    return year.amount * (WHOLE - min(year.exports_pct, limit)) / WHOLE

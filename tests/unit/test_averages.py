from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from firms.averages import YearOfSales, average_sales

AMOUNTS = st.decimals(0, 10**12, places=2)
SHARES = st.decimals(0, 100, places=2)


@given(st.lists(st.tuples(AMOUNTS, SHARES), min_size=1, max_size=5), SHARES)
def test_the_mean_lies_between_the_years_and_leaving_exports_out_never_raises_it(
    told: list[tuple[Decimal, Decimal]], limit: Decimal
) -> None:
    years = [
        YearOfSales(2020 + index, amount, "CLP", share)
        for index, (amount, share) in enumerate(told)
    ]
    last, count = years[-1].fiscal_year, len(years)
    whole = average_sales(years, last_year=last, count=count)
    net = average_sales(reversed(years), last_year=last, count=count, exports_left_out=limit)
    assert whole is not None
    assert net is not None
    amounts = [amount for amount, _share in told]
    slack = Decimal("0.01")
    assert min(amounts) - slack <= whole[0] <= max(amounts) + slack
    assert whole[0] * (100 - limit) / 100 - slack <= net[0] <= whole[0] + slack


def test_a_missing_year_another_currency_or_an_unknown_share_is_unknown() -> None:
    first = YearOfSales(2023, Decimal(100), "ARS", Decimal(80))
    second = YearOfSales(2024, Decimal(300), "ARS")
    assert average_sales([first, second], last_year=2024, count=2) == (Decimal(200), "ARS")
    assert average_sales([first], last_year=2023, count=1, exports_left_out=Decimal(50)) == (
        Decimal(50),
        "ARS",
    )
    assert average_sales([first, second], last_year=2024, count=3) is None
    assert average_sales([first, second], last_year=2025, count=2) is None
    other = YearOfSales(2024, Decimal(300), "USD")
    assert average_sales([first, other], last_year=2024, count=2) is None
    both = [first, second]
    assert average_sales(both, last_year=2024, count=2, exports_left_out=Decimal(50)) is None
    assert average_sales(both, last_year=2024, count=0) is None

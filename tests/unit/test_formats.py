"""Dates, numbers and money in three languages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from common import formats

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("es", "24 de noviembre de 2026"),
        ("pt-br", "24 de novembro de 2026"),
        ("en", "November 24, 2026"),
    ],
)
def test_a_day_is_written_in_the_readers_language(language: str, written: str) -> None:
    with override(language):
        assert formats.day(NOW.date()) == written


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("es", Decimal("5000000.00"), "5.000.000\N{NO-BREAK SPACE}CLP"),
        ("pt-br", Decimal("1500.5"), "1.500,50\N{NO-BREAK SPACE}CLP"),
        ("en", Decimal(5000000), "5,000,000\N{NO-BREAK SPACE}CLP"),
    ],
)
def test_money_names_its_currency_by_code(language: str, amount: Decimal, written: str) -> None:
    with override(language):
        assert formats.money(amount, "CLP") == written


@pytest.mark.parametrize(
    ("distance", "written"),
    [(0.4, "menos de 1 km"), (3.26, "3,3 km"), (14.3, "14 km"), (1234.5, "1.234 km")],
)
def test_a_distance_is_rounded_to_what_it_means(distance: float, written: str) -> None:
    with override("es"):
        assert formats.kilometers(distance).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "hoy"),
        (1, "mañana"),
        (12, "en 12 días"),
        (90, "22 de febrero de 2027"),
        (-3, "21 de noviembre de 2026"),
    ],
)
def test_what_is_near_is_counted_in_days(days: int, written: str) -> None:
    with override("es"):
        assert formats.until(NOW.date() + dt.timedelta(days), today=NOW.date()) == written


@pytest.mark.parametrize(
    ("ago", "written"),
    [
        (dt.timedelta(seconds=5), "hace un momento"),
        (dt.timedelta(minutes=3), "hace 3 minutos"),
        (dt.timedelta(days=2), "hace 2 días"),
        (dt.timedelta(days=60), "25 de septiembre de 2026"),
    ],
)
def test_what_is_past_is_told_as_an_age(ago: dt.timedelta, written: str) -> None:
    with override("es"):
        assert formats.since(NOW - ago, now=NOW) == written

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.eligibility.durations import Duration
from tests.unit.eligibility.make import day


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2023-08-31", "P6M", "2024-02-29"),
        ("2024-08-31", "P6M", "2025-02-28"),
        ("2025-05-24", "P18M", "2026-11-24"),
        ("2026-11-24", "P2Y", "2028-11-24"),
        ("2024-02-28", "P2D", "2024-03-01"),
        ("2023-12-31", "P1D", "2024-01-01"),
        ("2025-12-31", "P1M", "2026-01-31"),
    ],
)
def test_spans_end_on_the_same_day_or_the_last_of_the_month(start, span, end):
    assert Duration.parse(span).after(day(start)) == day(end)


@pytest.mark.parametrize("text", ["", "P", "P0Y", "P-1Y", "1Y", "P1W", "P1.5Y", "P1Y6M", "p1y"])
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError, match="^" + text):
        Duration.parse(text)


def test_a_span_beyond_the_calendar_ends_with_it():
    assert Duration.parse("P9999Y").after(day("2026-11-24")) == dt.date.max
    assert Duration.parse("P99999D").after(dt.date(9990, 1, 1)) == dt.date.max


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 600))
def test_a_year_is_twelve_months_and_later_starts_never_end_sooner(start, months):
    assert Duration(1, "Y").after(start) == Duration(12, "M").after(start)
    later = start + dt.timedelta(days=1)
    assert Duration(months, "M").after(start) <= Duration(months, "M").after(later)
    assert Duration(months, "M").after(start) > start


def test_text_round_trips():
    assert str(Duration.parse("P18M")) == "P18M"

"""Digests are due by the reader's clock, in whatever zone, over changes of the hour."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Pace
from accounts.moments import last_moment

ZONES = st.sampled_from(
    [
        "America/Santiago",
        "America/Sao_Paulo",
        "America/Caracas",
        "America/St_Johns",
        "Europe/Lisbon",
    ]
)
FIRST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(lambda m: FIRST + dt.timedelta(minutes=m))
CHOICES = {"zone": ZONES.map(ZoneInfo), "hour": st.integers(0, 23), "weekday": st.integers(0, 6)}


@given(now=MOMENTS, pace=st.sampled_from([Pace.HOURLY, Pace.DAILY, Pace.WEEKLY]), **CHOICES)
def test_the_last_moment_is_past_and_less_than_a_period_ago(now, pace, zone, hour, weekday):
    moment = last_moment(pace, now, zone=zone, hour=hour, weekday=weekday)
    periods = {Pace.HOURLY: dt.timedelta(hours=1), Pace.DAILY: dt.timedelta(days=1)}
    longest = periods.get(pace, dt.timedelta(days=7))
    slack = dt.timedelta(0) if pace == Pace.HOURLY else dt.timedelta(hours=2)
    assert now - longest - slack < moment <= now


@given(now=MOMENTS, step=st.integers(1, 400), pace=st.sampled_from(Pace.values), **CHOICES)
def test_moments_never_go_back(now, step, pace, zone, hour, weekday):
    rhythm = {"zone": zone, "hour": hour, "weekday": weekday}
    first = last_moment(pace, now, **rhythm)
    later = last_moment(pace, now + dt.timedelta(hours=step), **rhythm)
    assert (first is None) == (later is None) == (pace == Pace.NONE)
    assert first is None or first <= later


def test_a_weekly_digest_comes_on_the_readers_monday_morning():
    rhythm = {"zone": ZoneInfo("America/Santiago"), "hour": 8, "weekday": 0}
    before = dt.datetime(2026, 11, 23, 10, 59, tzinfo=dt.UTC)
    after = before + dt.timedelta(minutes=1)
    assert last_moment(Pace.WEEKLY, after, **rhythm) == after
    assert last_moment(Pace.WEEKLY, before, **rhythm) == after - dt.timedelta(days=7)

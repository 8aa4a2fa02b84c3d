"""A call is open in [opens, closes): to the microsecond, in its own zone, over clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from programs.models import Call, CallStatus, ProgramStatus
from tests.factories import NOW, CallFactory, ProgramFactory

pytestmark = pytest.mark.django_db

MICROSECOND = dt.timedelta(microseconds=1)


def is_open(call, now):
    in_set = Call.objects.open_on(now).filter(pk=call.pk).exists()
    assert call.is_open(now) is in_set
    return in_set


def test_it_is_open_from_the_first_instant_to_before_the_last():
    call = CallFactory()
    assert not is_open(call, call.opens_at - MICROSECOND)
    assert is_open(call, call.opens_at)
    assert is_open(call, call.closes_at - MICROSECOND)
    assert not is_open(call, call.closes_at)


@pytest.mark.parametrize(
    ("zone", "last_day", "closes_utc"),
    [
        ("America/Santiago", dt.date(2026, 12, 6), "2026-12-07T03:00"),  # summer time: UTC-3
        ("America/Santiago", dt.date(2026, 8, 6), "2026-08-07T04:00"),  # winter time: UTC-4
        ("America/Costa_Rica", dt.date(2026, 12, 6), "2026-12-07T06:00"),
        ("America/Tijuana", dt.date(2026, 12, 6), "2026-12-07T08:00"),
        ("Europe/Madrid", dt.date(2026, 12, 31), "2026-12-31T23:00"),
        ("Europe/Madrid", dt.date(2026, 10, 24), "2026-10-24T22:00"),  # the night before a change
        ("Europe/Madrid", dt.date(2026, 10, 25), "2026-10-25T23:00"),  # a day of 25 hours
    ],
)
def test_a_last_day_ends_at_local_midnight(zone, last_day, closes_utc):
    midnight = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))
    assert midnight.astimezone(dt.UTC) == dt.datetime.fromisoformat(closes_utc + "+00:00")
    call = CallFactory(opens_at=None, closes_at=midnight, time_zone=zone)
    call.refresh_from_db()
    assert call.last_moment.date() == last_day
    assert call.closes_at_midnight
    assert is_open(call, midnight - MICROSECOND)
    assert not is_open(call, midnight)


def test_an_hour_of_closing_is_kept():
    closes = dt.datetime(2026, 12, 6, 15, tzinfo=ZoneInfo("America/Santiago"))
    call = CallFactory(closes_at=closes)
    assert not call.closes_at_midnight
    assert call.last_moment.hour == 14


def test_the_day_is_counted_where_the_agency_is():
    late = dt.datetime(2026, 11, 25, 1, tzinfo=dt.UTC)
    assert CallFactory(time_zone="America/Santiago").today(late) == dt.date(2026, 11, 24)
    assert CallFactory(time_zone="Europe/Madrid").today(late) == dt.date(2026, 11, 25)


def test_without_a_closing_date_it_stays_open():
    assert is_open(CallFactory(closes_at=None), NOW + dt.timedelta(days=9_999))


@pytest.mark.parametrize("status", [CallStatus.DRAFT, CallStatus.CANCELLED])
def test_drafts_and_cancelled_calls_are_never_open(status):
    assert not is_open(CallFactory(status=status), NOW)


@pytest.mark.parametrize("status", [ProgramStatus.DRAFT, ProgramStatus.RETIRED])
def test_a_call_is_open_only_while_its_program_is_published(status):
    assert not is_open(CallFactory(program=ProgramFactory(status=status)), NOW)


def test_every_public_call_is_open_or_upcoming_or_closed_and_never_two():
    CallFactory()
    CallFactory(opens_at=NOW + dt.timedelta(days=1))
    CallFactory(status=CallStatus.FORECAST, opens_at=None, closes_at=None)
    CallFactory(closes_at=NOW - MICROSECOND)
    CallFactory(status=CallStatus.CANCELLED)
    CallFactory(program=ProgramFactory(status=ProgramStatus.RETIRED))
    CallFactory(status=CallStatus.DRAFT)
    calls = Call.objects.all()
    parts = [calls.open_on(NOW), calls.upcoming_on(NOW), calls.closed_on(NOW)]
    assert [part.count() for part in parts] == [1, 2, 3]
    found = [call.pk for part in parts for call in part]
    assert sorted(found) == sorted(call.pk for call in calls.public())
    assert calls.live_on(NOW).count() == 3

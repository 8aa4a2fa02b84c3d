"""When a digest was last due, by the clock of whoever reads it."""

import datetime as dt

from accounts.models.notifications import Pace

DAY = dt.timedelta(days=1)


def last_moment(
    pace: str, now: dt.datetime, *, zone: dt.tzinfo, hour: int, weekday: int
) -> dt.datetime | None:
    """Return the last moment up to now at which a pace asks for mail, or None for no mail.

    A daily digest comes at the reader's hour, a weekly one on their weekday (0 is Monday) too, an
    hourly one as each hour begins. An hour that the clock skips counts as the one after it.
    """
    if pace == Pace.HOURLY:
        return now.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
    if pace not in (Pace.DAILY, Pace.WEEKLY):
        return None
    day = now.astimezone(zone).date()
    if pace == Pace.WEEKLY:
        day -= DAY * ((day.weekday() - weekday) % 7)
    moment = _at(day, hour, zone)
    step = DAY if pace == Pace.DAILY else DAY * 7
    return moment if moment <= now else _at(day - step, hour, zone)


def _at(day: dt.date, hour: int, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), zone).astimezone(dt.UTC)

"""Whose digest is due, by the clock of each reader."""

import datetime as dt
from collections.abc import Iterator

from accounts.models import MailChoice, MailKind, Pace, User, zone_of
from accounts.moments import last_moment
from accounts.services.notices import USUAL
from common.jobs import Work, enqueue
from firms.models import SavedSearch
from matching.services.news import people_with_listings

KIND = "digest.write"
# What was written at this very moment may not be committed yet: it is told of the next time.
SETTLED = dt.timedelta(minutes=2)


def ask_for_digests(work: Work) -> None:
    """Ask for a digest of each person for whom something is due."""
    for pk in sorted(set(people_due(work.now - SETTLED))):
        enqueue(KIND, pk, queue="bulk")


def people_due(until: dt.datetime) -> Iterator[int]:
    """Return the people for whom a saved search, or matches, are due."""
    alerts = SavedSearch.objects.filter(deleted_at=None, user__is_active=True)
    for search in alerts.exclude(pace=Pace.NONE).select_related("user").iterator():
        if is_due(search.pace, since=search.told_until, person=search.user, until=until):
            yield search.user_id
    chosen = {row.user_id: row for row in MailChoice.objects.filter(kind=MailKind.MATCHES)}
    people = User.objects.filter(pk__in=people_with_listings().values("user"))
    for person in people.iterator():
        if is_match_due(person, chosen.get(person.pk), until=until):
            yield person.pk


def is_match_due(person: User, choice: MailChoice | None, *, until: dt.datetime) -> bool:
    """Say whether news of matches are due to a person who chose so, or nothing."""
    pace = choice.pace if choice else USUAL[MailKind.MATCHES]
    since = choice.told_at if choice and choice.told_at else person.created_at
    return is_due(pace, since=since, person=person, until=until)


def is_due(pace: str, *, since: dt.datetime, person: User, until: dt.datetime) -> bool:
    """Say whether a moment of a pace has come since the last news."""
    moment = moment_of(pace, person, until)
    return moment is not None and moment > since


def moment_of(pace: str, person: User, until: dt.datetime) -> dt.datetime | None:
    """Return the last moment of a pace by a person's clock."""
    rhythm = {"hour": person.mail_hour, "weekday": person.mail_weekday}
    return last_moment(pace, until, zone=zone_of(person), **rhythm)

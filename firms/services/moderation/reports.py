"""Telling the team that something is wrong."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from firms import quotas
from firms.models import CaseKind, Need, Offer, Organization, ReasonClass, Report
from firms.services.moderation.cases import open_case


class CannotReport(Exception):
    """It was reported by this person already, or they report too much; ``reason`` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def report_thing(
    *,
    by: User,
    thing: Organization | Need | Offer,
    reason: ReasonClass,
    text: str,
    now: dt.datetime,
) -> Report:
    """Put a report before the team; many about one thing are one case."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # one report at a time of a person
    recent = Report.objects.filter(reporter=by, created_at__gt=now - dt.timedelta(days=1))
    if recent.count() >= quotas.REPORTS_PER_DAY:
        raise CannotReport("many")
    listing = None if isinstance(thing, Organization) else thing
    organization = thing if isinstance(thing, Organization) else thing.organization
    case = open_case(kind=CaseKind.REPORT, organization=organization, listing=listing)
    report, is_new = Report.objects.get_or_create(
        case=case, reporter=by, defaults={"reason": reason, "text": text}
    )
    if not is_new:
        raise CannotReport("known")
    return report

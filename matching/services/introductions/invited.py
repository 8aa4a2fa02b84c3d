"""Who was invited to a need answers it by asking for an introduction, or by answering one."""

import datetime as dt

from matching.introductions.states import Event
from matching.models import Introduction, IntroductionAbout
from matching.services.fair.waves import answer_invitation

IS_INTERESTED = {Event.ACCEPT: True, Event.DECLINE: False, Event.BLOCK: False}


def answer_by_asking(row: Introduction, *, now: dt.datetime) -> None:
    """Who asks about a need is interested in it."""
    if row.need and row.about == IntroductionAbout.NEED:
        own = row.from_organization
        answer_invitation(row.need, organization=own, is_interested=True, now=now)


def answer_by_moving(row: Introduction, *, event: Event, now: dt.datetime) -> None:
    """Who is asked for an offer because of a need says yes or no to the need as well."""
    is_interested = IS_INTERESTED.get(event)
    if row.need and row.about == IntroductionAbout.OFFER and is_interested is not None:
        other = row.to_organization
        answer_invitation(row.need, organization=other, is_interested=is_interested, now=now)

"""Links in letters: one person, one introduction, one purpose, one turn; a GET only shows."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from matching.introductions.states import Actor, Event
from matching.models import Introduction
from matching.policies.introductions import editors_of

SALT = "matching.introduction"
LINK_DAYS = 30
OUTCOME_LINK_DAYS = 60
SEE = "see"
OUTCOME = "outcome"
PURPOSES: dict[str, Event] = {
    "accept": Event.ACCEPT,
    "ask": Event.ASK_INFO,
    "decline": Event.DECLINE,
    "consent": Event.CONSENT,
    "reply": Event.GIVE_INFO,
}


class BadLink(Exception):
    """The link is false, too old, or its person writes for the organization no more."""


@dataclass(frozen=True)
class Link:
    """What a letter's link lets its reader do; ``day`` is of questions about the outcome."""

    introduction: Introduction
    person: User
    side: Actor
    purpose: str
    turn: int
    day: int

    @property
    def is_spent(self) -> bool:
        """Whether the ball has changed hands since the letter was written."""
        return self.turn != self.introduction.turn


def link_to(introduction: Introduction, person: User, side: Actor, what: tuple[str, int]) -> str:
    """Return the address that a letter carries; ``what`` is a purpose and a day (0 for none)."""
    said = [introduction.pk, person.pk, str(side), what[0], introduction.turn, what[1]]
    path = reverse("matching:introduction-answer", args=[signing.dumps(said, salt=SALT)])
    return f"{settings.SITE_ORIGIN}{path}"


def find_link(token: str) -> Link:
    """Return what a link lets do, or raise ``BadLink``; whether it is spent is for the caller."""
    try:
        pk, user, side, purpose, turn, day = signing.loads(
            token, salt=SALT, max_age=dt.timedelta(days=OUTCOME_LINK_DAYS)
        )
        if purpose != OUTCOME:
            signing.loads(token, salt=SALT, max_age=dt.timedelta(days=LINK_DAYS))
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error
    rows = Introduction.objects.select_related(
        "from_organization", "to_organization", "need", "offer", "asked_by"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise BadLink
    own = found.from_organization_id if side == Actor.AUTHOR else found.to_organization_id
    member = editors_of(own).filter(user=user).first()
    if member is None:
        raise BadLink
    return Link(found, member.user, Actor(side), purpose, turn, day)

"""Writing a digest: gathered by the rights of that moment, sent once, and remembered."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import ngettext, override

from accounts.languages import site_language
from accounts.models import MailChoice, MailKind, Pace, User
from accounts.services.notices import USUAL, Notice, notify, paces_of
from common.jobs import Work
from firms.models import SavedSearch
from firms.policies.searches import own_searches
from firms.searches.news import SearchNews, news_of, remember
from matching.services.news import MatchNews, match_news, remember_matches
from registry.digest.due import SETTLED, is_due, is_match_due, moment_of

KINDS = (MailKind.SEARCHES, MailKind.MATCHES)


@dataclass(frozen=True)
class Digest:
    """What is due to a person: searches with their news, matches, and the moment it is for."""

    moment: dt.datetime
    searches: list[SearchNews] = field(default_factory=list)
    matches: MatchNews | None = None

    @property
    def told(self) -> list[SearchNews]:
        """The searches with something new."""
        return [news for news in self.searches if news.count]

    @property
    def count(self) -> int:
        """How much is new in all."""
        found = sum(news.count for news in self.searches)
        return found + (self.matches.count if self.matches else 0)


def write_digest(work: Work) -> None:
    """Write the mail of all that is due to a person; without news none is written.

    Mail and memory are one transaction: what was told is not told again, and what could not be
    told now, because this period's mail is out already, is told in the next one.
    """
    person = User.objects.filter(pk=work.key, is_active=True).first()
    if person is None:
        return
    until = work.now - SETTLED
    with override(site_language(person.language)):
        digest = gather(person, until=until)
        if digest is None or (digest.count and not _send(digest, person)):
            return
    keep_told(digest, person=person, until=until)


def gather(person: User, *, until: dt.datetime) -> Digest | None:
    """Gather what is due to a person, by what they may see now; None when nothing is due."""
    chosen = paces_of(person)
    searches = []
    if chosen[MailKind.SEARCHES] != Pace.NONE:
        searches = _due_searches(person, until)
    choice = MailChoice.objects.filter(user=person, kind=MailKind.MATCHES).first()
    has_matches = is_match_due(person, choice, until=until)
    paces = [search.pace for search in searches]
    if has_matches:
        paces.append(chosen[MailKind.MATCHES])
    moments = [moment for pace in paces if (moment := moment_of(pace, person, until))]
    if not moments:
        return None
    return Digest(
        max(moments),
        [news_of(search, by=person, until=until) for search in searches],
        match_news(person, today=until.date()) if has_matches else None,
    )


def _due_searches(person: User, until: dt.datetime) -> list[SavedSearch]:
    alerts = own_searches(person).exclude(pace=Pace.NONE)
    return [
        search
        for search in alerts
        if is_due(search.pace, since=search.told_until, person=person, until=until)
    ]


def _send(digest: Digest, person: User) -> bool:
    subject = ngettext(
        "Racimo: %(count)s novedad para usted", "Racimo: %(count)s novedades para usted",
        digest.count,
    ) % {"count": digest.count}  # fmt: skip
    context = {"digest": digest, "origin": settings.SITE_ORIGIN}
    notice = Notice(
        KINDS,
        f"digest:{digest.moment:%Y%m%dT%H%MZ}",
        subject,
        render_to_string("registry/digest/digest.txt", context).strip(),
        render_to_string("registry/digest/digest.html", context),
    )
    return notify(notice, person=person, resend_safe=False)


@transaction.atomic
def keep_told(digest: Digest, *, person: User, until: dt.datetime) -> None:
    """Remember what a digest told, or that there was nothing to tell."""
    for news in digest.searches:
        remember(news, until=until)
    if digest.matches is not None:
        remember_matches(digest.matches.pairs, person=person, now=until)
        MailChoice.objects.update_or_create(
            user=person,
            kind=MailKind.MATCHES,
            defaults={"told_at": until},
            create_defaults={"told_at": until, "pace": USUAL[MailKind.MATCHES]},
        )

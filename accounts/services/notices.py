"""Mail that a person may do without: sent while they want it, with a way out in every copy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import MailChoice, MailKind, Pace, User
from common.mail import Letter, send_letter

USUAL: Mapping[str, Pace] = {
    MailKind.SEARCHES: Pace.HOURLY,  # the most that a saved search may choose for itself
    MailKind.MATCHES: Pace.WEEKLY,
    MailKind.INTRODUCTIONS: Pace.HOURLY,
}
# What of each kind can be chosen; the least is none, and the only other means "as it comes".
PACES: Mapping[str, tuple[Pace, ...]] = {
    MailKind.SEARCHES: (Pace.HOURLY, Pace.NONE),
    MailKind.MATCHES: (Pace.HOURLY, Pace.DAILY, Pace.WEEKLY, Pace.NONE),
    MailKind.INTRODUCTIONS: (Pace.HOURLY, Pace.NONE),
}
_signer = Signer(salt="accounts.unsubscribe", sep=".")


@dataclass(frozen=True)
class Notice:
    """What a person is told, in their language already.

    ``occasion`` names what happened ("introduction:17:asked"): nobody is told twice. ``html`` is
    the inside of a page that says the same as the text. A digest gathers several kinds.
    """

    kinds: tuple[MailKind, ...]
    occasion: str
    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True)
class Leaving:
    """Whose mail of which kinds an unsubscribe link ends."""

    person: User
    kinds: tuple[MailKind, ...]


class CannotChooseMail(Exception):
    """That kind does not come at that pace."""


def notify(notice: Notice, *, person: User, resend_safe: bool = True) -> bool:
    """Write a notice to a person who wants its kind; answer whether a new mail was written."""
    if not person.is_active or not wanted(person, notice.kinds):
        return False
    ways = _ways(person, notice.kinds)
    letter = Letter(
        person.email,
        notice.subject,
        notice.text + _FOOT.format(**ways, **_words()),
        html=_page(notice, ways) if notice.html else "",
        headers={
            "List-Unsubscribe": f"<{ways['leave']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    dedup = f"{notice.occasion}:{person.public_id}"
    return send_letter(letter, dedup=dedup, resend_safe=resend_safe)


def _ways(person: User, kinds: Iterable[MailKind]) -> dict[str, str]:
    """Return the addresses that every copy carries."""
    end = reverse("accounts:unsubscribe", args=[token_of(person, kinds)])
    choose = reverse("accounts:notifications")
    return {"leave": settings.SITE_ORIGIN + end, "choose": settings.SITE_ORIGIN + choose}


_FOOT = "\n\n--\n{why}\n{choose_words} {choose}\n{leave_words} {leave}\n"


def _words() -> dict[str, str]:
    return {
        "why": _("Recibe este correo porque tiene una cuenta en Racimo."),
        "choose_words": _("Elegir qué recibe y cuándo:"),
        "leave_words": _("No recibir más estos correos:"),
    }


def _page(notice: Notice, ways: Mapping[str, str]) -> str:
    context = {"notice": notice, **ways}
    return render_to_string("accounts/mail/notice.html", context)


def wanted(person: User, kinds: Iterable[MailKind]) -> list[MailKind]:
    """Return the kinds among these that a person has not turned off."""
    chosen = paces_of(person)
    return [kind for kind in kinds if chosen[kind] != Pace.NONE]


def paces_of(person: User) -> dict[str, str]:
    """Return the pace of each kind: what the person chose, else the usual one."""
    return {**USUAL, **dict(person.mail_choices.values_list("kind", "pace"))}


@transaction.atomic
def choose_paces(*, by: User, paces: Mapping[str, str]) -> None:
    """Keep how often a person wants each kind. Raises ``CannotChooseMail``."""
    for kind, pace in paces.items():
        if pace not in PACES.get(kind, ()):
            raise CannotChooseMail
        MailChoice.objects.update_or_create(user=by, kind=kind, defaults={"pace": pace})


@transaction.atomic
def choose_moment(*, by: User, time_zone: str, hour: int, weekday: int) -> None:
    """Keep where a person's clock stands, and when digests come by it."""
    User.objects.filter(pk=by.pk).update(time_zone=time_zone, mail_hour=hour, mail_weekday=weekday)


def token_of(person: User, kinds: Iterable[MailKind]) -> str:
    """Return what an unsubscribe link carries: it opens nothing else, and nobody can forge it."""
    return _signer.sign(f"{person.public_id.hex}-{'-'.join(kinds)}")


def leaving_of(token: str) -> Leaving | None:
    """Read an unsubscribe link; None for one that we did not write."""
    try:
        key, *kinds = _signer.unsign(token).split("-")
    except BadSignature:
        return None
    person = User.objects.filter(public_id=key, is_active=True).first()
    known = tuple(MailKind(kind) for kind in kinds if kind in MailKind.values)
    return Leaving(person, known) if person and known else None


@transaction.atomic
def leave(leaving: Leaving) -> dict[str, str]:
    """Turn kinds of mail off; return at what pace they came until now."""
    before = paces_of(leaving.person)
    choose_paces(by=leaving.person, paces=dict.fromkeys(leaving.kinds, Pace.NONE))
    return {kind: before[kind] for kind in leaving.kinds}


@transaction.atomic
def come_back(leaving: Leaving, *, paces: Mapping[str, str]) -> None:
    """Turn kinds of mail on again, at the pace of before where that is told."""
    back: dict[str, str] = {
        kind: pace if (pace := paces.get(kind, "")) in PACES[kind] else USUAL[kind]
        for kind in leaving.kinds
    }
    choose_paces(by=leaving.person, paces=back)

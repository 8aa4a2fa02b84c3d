"""Letters to people, each in the language of who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import MailKind, User
from accounts.services.notices import Notice, notify
from common.mail import send

if TYPE_CHECKING:  # the promise of a translation has no type at run time
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Letter:
    """What is said, once per occasion and reader; ``%(link)s`` leads to a named page.

    ``occasion`` names what happened ("claim:17:accepted"): nobody reads of it twice.
    """

    occasion: str
    subject: "_StrPromise"
    body: "_StrPromise"
    values: Mapping[str, object] = field(default_factory=dict)
    page: tuple[str, tuple[object, ...]] = ("registry:home", ())
    kind: MailKind | None = None  # which mail it is, where people may do without it


def write_to(letter: Letter, *, email: str, language: str) -> None:
    """Write a letter to an address in a stored language (es, pt or en)."""
    reader = sha256(email.lower().encode()).hexdigest()[:16]
    with override(site_language(language)):
        subject, body = _told(letter)
    send(email, subject, body, dedup=f"{letter.occasion}:{reader}")


def write_to_person(letter: Letter, *, person: User) -> None:
    """Write a letter to somebody with an account, in their language, if they want its kind."""
    if letter.kind is None:
        write_to(letter, email=person.email, language=person.language)
        return
    with override(site_language(person.language)):
        subject, body = _told(letter)
        notify(Notice((letter.kind,), letter.occasion, subject, body), person=person)


def _told(letter: Letter) -> tuple[str, str]:
    """Return subject and body in the language in force."""
    name, args = letter.page
    link = f"{settings.SITE_ORIGIN}{reverse(name, args=args)}"
    values = {**letter.values, "link": link}
    return str(letter.subject) % values, str(letter.body) % values

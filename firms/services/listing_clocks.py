"""The clocks of listings: a warning before they end, and renewing from its link with one click."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.jobs import Work
from firms.models import ListingStatus, Membership, Need, NeedKind, Offer, OrganizationStatus, Role
from firms.services.letters import Letter, write_to_person
from firms.services.listings import CannotChangeListing, renew_listing

SALT = "firms.renew"
WARNING_DAYS: dict[type[Need] | type[Offer], int] = {Need: 10, Offer: 21}
LINK_DAYS = 40
AT_ONCE = 2_000  # a day; the rest is warned the day after, well before its end
WRITING = (Role.EDITOR, Role.ADMINISTRATOR)
_SUBJECT = _("«%(title)s» vence el %(day)s")
_RENEW = _(
    "«%(title)s» deja de verse en Racimo el %(day)s.\n\n"
    "Si sigue en pie, renuévela con un clic; no hace falta entrar:\n%(renew)s\n\n"
    "Si ya se resolvió, ciérrela y cuente cómo terminó:\n%(link)s\n"
)
_LAST = _(
    "«%(title)s» deja de verse en Racimo el %(day)s y ya no se puede renovar más.\n\n"
    "Si sigue en pie, publíquela de nuevo con lo que haya cambiado:\n%(link)s\n"
)


class CannotRenew(Exception):
    """The link is spent, old or false, or the person writes for the organization no more."""


def warn_of_expiry(work: Work) -> None:
    """Write once to who edits listings that end soon; a request for quotations just ends."""
    today = work.now.date()
    for model in (Need, Offer):
        until = today + dt.timedelta(days=WARNING_DAYS[model])
        ending = model.objects.open_on(today).filter(valid_until__lte=until, source="self")
        if model is Need:
            ending = ending.exclude(kind=NeedKind.QUOTE)
        for row in ending.order_by("valid_until", "pk")[:AT_ONCE]:
            _warn(row)


def renewal_token(listing: Need | Offer, person: User) -> str:
    """Return what a letter's link carries: good for this person, this listing and this term."""
    said = [_name(listing), listing.pk, person.pk, str(listing.valid_until)]
    return signing.dumps(said, salt=SALT)


def find_renewal(token: str) -> tuple[Need | Offer, User]:
    """Return whom a link lets renew which listing, or raise ``CannotRenew``."""
    try:
        name, key, user, until = signing.loads(
            token, salt=SALT, max_age=dt.timedelta(days=LINK_DAYS)
        )
    except (signing.BadSignature, ValueError) as error:
        raise CannotRenew from error
    model = Need if name == "need" else Offer
    row = model.objects.filter(pk=key, status=ListingStatus.PUBLISHED).first()
    if row is None or str(row.valid_until) != until or not row.can_be_renewed:
        raise CannotRenew
    member = Membership.objects.filter(
        organization=row.organization_id, user=user, role__in=WRITING, user__is_active=True
    ).exclude(organization__status=OrganizationStatus.CLOSED)
    found = member.select_related("user").first()
    if found is None:
        raise CannotRenew
    return row, found.user


def renew_by_link(token: str, *, today: dt.date) -> Need | Offer:
    """Renew what a link names, or raise ``CannotRenew``."""
    row, person = find_renewal(token)
    try:
        if isinstance(row, Need):
            return renew_listing(by=person, listing=row, today=today)
        return renew_listing(by=person, listing=row, today=today)
    except CannotChangeListing as error:
        raise CannotRenew from error


def _warn(row: Need | Offer) -> None:
    people = Membership.objects.filter(organization=row.organization_id, role__in=WRITING)
    for member in people.select_related("user").order_by("pk"):
        address = reverse("firms:listing-renew", args=[renewal_token(row, member.user)])
        letter = Letter(
            occasion=f"listing-ends:{_name(row)}:{row.pk}:{row.valid_until}",
            subject=_SUBJECT,
            body=_RENEW if row.can_be_renewed else _LAST,
            values={
                "title": row.title,
                "day": f"{row.valid_until:%d/%m/%Y}",
                "renew": f"{settings.SITE_ORIGIN}{address}",
            },
            page=(f"firms:{_name(row)}", (row.public_id,)),
        )
        write_to_person(letter, person=member.user)


def _name(row: Need | Offer) -> str:
    return "need" if isinstance(row, Need) else "offer"

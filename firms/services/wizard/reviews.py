"""Numbers declared at registration that somebody else holds: a person of the team decides."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import User
from common.mail import send
from firms.candidates.alike import holder_of
from firms.identifiers import TAX_SCHEMES
from firms.models import (
    Identifier,
    IdentifierStatus,
    Membership,
    NumberReview,
    Organization,
    ReviewOutcome,
    Role,
)
from firms.services.organizations import touch_organization

Letter = Callable[[NumberReview, Organization], tuple[str, str]]
CHECKED_SCHEMES = {
    scheme.code for schemes in TAX_SCHEMES.values() for scheme in schemes if scheme.has_check_digit
}


class CannotDecideNumber(Exception):
    """It was decided already."""


def holder_of_number(*, review: NumberReview) -> Organization | None:
    """Return who holds the number today, for the team to see."""
    held = holder_of(review.scheme, review.normalized)
    return held.organization if held else None


@transaction.atomic
def give_number(*, by: User, review: NumberReview, reason: str, now: dt.datetime) -> None:
    """Give the number to the organization that declared it; who held it is told."""
    row = _decide(review, by, ReviewOutcome.GRANTED, reason, now)
    held = Identifier.objects.select_for_update(of=("self",)).filter(
        scheme=row.scheme, normalized=row.normalized
    )
    former = [each.organization for each in held.select_related("organization")]
    held.delete()
    is_checked = row.scheme in CHECKED_SCHEMES
    Identifier.objects.create(
        organization=row.organization,
        scheme=row.scheme,
        value=row.value,
        normalized=row.normalized,
        status=IdentifierStatus.FORMAT_OK if is_checked else IdentifierStatus.UNCHECKED,
        is_primary=not row.organization.identifiers.filter(is_primary=True).exists(),
    )
    touch_organization(by=by, organization=row.organization)
    for organization in former:
        touch_organization(by=by, organization=organization)
        _tell(row, organization, _taken)
    _tell(row, row.organization, _granted)


@transaction.atomic
def refuse_number(*, by: User, review: NumberReview, reason: str, now: dt.datetime) -> None:
    """Leave the number with who holds it; who declared it is told why."""
    row = _decide(review, by, ReviewOutcome.REFUSED, reason, now)
    _tell(row, row.organization, _refused)


def _decide(
    review: NumberReview, by: User, outcome: ReviewOutcome, reason: str, now: dt.datetime
) -> NumberReview:
    row = NumberReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if row.outcome:
        raise CannotDecideNumber
    row.outcome, row.reason, row.decided_by, row.decided_at = outcome, reason, by, now
    row.save()
    return row


def _tell(row: NumberReview, organization: Organization, write: Letter) -> None:
    places = Membership.objects.filter(organization=organization, role=Role.ADMINISTRATOR)
    for place in places.select_related("user").order_by("pk"):
        with override(site_language(place.user.language)):
            subject, body = write(row, organization)
        key = f"number-review:{row.public_id}:{place.user.public_id}"
        send(place.user.email, subject, body, dedup=key)


def _granted(row: NumberReview, organization: Organization) -> tuple[str, str]:
    values = {"number": row.value, "name": organization.name, "reason": row.reason}
    subject = _("El número de %(name)s quedó registrado") % values
    return subject, _(
        "Revisamos el número %(number)s y ya figura en la página de %(name)s.\n\n%(reason)s"
    ) % values


def _refused(row: NumberReview, organization: Organization) -> tuple[str, str]:
    values = {"number": row.value, "name": organization.name, "reason": row.reason}
    subject = _("No pudimos registrar el número de %(name)s") % values
    return subject, _(
        "Revisamos el número %(number)s que declaró %(name)s y no pudimos registrarlo.\n\n"
        "Motivo: %(reason)s\n\n"
        "Si el número está mal escrito, responda a este correo con el correcto."
    ) % values


def _taken(row: NumberReview, organization: Organization) -> tuple[str, str]:
    values = {"number": row.value, "name": organization.name, "reason": row.reason}
    subject = _("Un número dejó de figurar en %(name)s") % values
    return subject, _(
        "Otra organización declaró el número %(number)s y, al revisarlo, vimos que es suyo. "
        "Ya no figura en %(name)s.\n\nMotivo: %(reason)s\n\n"
        "Si no está de acuerdo, responda a este correo."
    ) % values

"""Asking once a year who still belongs to an organization."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import User
from common.jobs import Work
from common.mail import send
from firms.models import (
    Organization,
    OrganizationStatus,
    PeopleReview,
    Role,
)
from firms.policies import can_administer
from firms.services.people import remove_person

YEAR = dt.timedelta(days=365)
SEVERAL = 2


class CannotReview(Exception):
    """Only an administrator reviews, and cannot take themselves out by it."""


@transaction.atomic
def review_people(
    *, by: User, organization: Organization, leaving: set[UUID], now: dt.datetime
) -> PeopleReview:
    """Take out who does not belong any more, and keep that somebody looked."""
    if not can_administer(by, organization) or by.public_id in leaving:
        raise CannotReview
    members = list(organization.memberships.select_related("user", "organization").order_by("pk"))
    gone = [member for member in members if member.user.public_id in leaving]
    for member in gone:
        remove_person(by=by, membership=member)
    return PeopleReview.objects.create(
        organization=organization,
        by=by,
        reviewed_at=now,
        kept=len(members) - len(gone),
        removed=len(gone),
    )


def last_review(organization: Organization) -> PeopleReview | None:
    """Return when somebody last looked at the organization's people, and who."""
    rows = PeopleReview.objects.filter(organization=organization).select_related("by")
    return rows.order_by("-reviewed_at", "-pk").first()


def due_for_review(now: dt.datetime) -> Iterator[tuple[Organization, dt.datetime]]:
    """Give the organizations of several people that nobody has looked at for a year, and since."""
    reviews = PeopleReview.objects.filter(organization=OuterRef("pk")).order_by("-reviewed_at")
    seen = Coalesce(Subquery(reviews.values("reviewed_at")[:1]), Min("memberships__created_at"))
    active = Organization.objects.filter(status=OrganizationStatus.ACTIVE)
    rows: QuerySet[Any] = (
        active.annotate(people=Count("memberships"), looked_at=seen)
        .filter(people__gte=SEVERAL, looked_at__lt=now - YEAR)
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=500):
        yield row, row.looked_at


def ask_for_reviews(work: Work) -> None:
    """Mail the administrators of each organization that is due; a year later once more."""
    for organization, since in due_for_review(work.now):
        years = (work.now - since) // YEAR
        administrators = organization.memberships.filter(
            role=Role.ADMINISTRATOR, user__is_active=True
        )
        for row in administrators.select_related("user").order_by("pk"):
            occasion = f"{organization.pk}:{row.user_id}:{since:%Y%m%d}:{years}"
            _mail(row.user, organization, f"people-review:{occasion}")


def _mail(administrator: User, organization: Organization, occasion: str) -> None:
    with override(site_language(administrator.language)):
        path = reverse("firms:people-review", args=[organization.public_id])
        values = {"organization": organization.name, "link": f"{settings.SITE_ORIGIN}{path}"}
        subject = _("¿Siguen siendo las personas de %(organization)s?") % values
        body = _(
            "Hace un año que nadie revisa quién puede escribir en nombre de %(organization)s.\n\n"
            "Mire la lista y quite a quien ya no esté; si todo sigue igual, basta un clic:\n"
            "%(link)s\n"
        )
        send(administrator.email, subject, body % values, dedup=occasion, resend_safe=False)

"""The last step of a registration: one organization, however often the button is pressed."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db import transaction

from accounts.models import User
from clusters.models import AdminUnit, City, Cluster
from firms.models import (
    AgencyProfile,
    AssociationProfile,
    NumberReview,
    Organization,
    RegistrationDraft,
    Site,
)
from firms.policies import own_drafts
from firms.quotas import REGISTERED_PER_DAY
from firms.services.affiliations import CannotChangeAffiliation, ask_to_join
from firms.services.moderation.cases import is_trusted
from firms.services.organizations import (
    IdentifierContent,
    IdentifierTaken,
    OrganizationContent,
    add_identifier,
    create_organization,
)

DAY = dt.timedelta(days=1)


class TooManyRegistered(Exception):
    """This person has registered as many organizations as one may in a day."""


@dataclass(frozen=True, kw_only=True)
class PlaceContent:
    """Where it is: a city, or a point with how exactly it is known."""

    point: Point
    precision: str
    admin_unit: AdminUnit
    city: City | None = None
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class NewOrganization:
    """All that the steps have asked; what a kind does not ask is empty."""

    profile: OrganizationContent
    place: PlaceContent
    numbers: Sequence[IdentifierContent] = ()
    clusters: Sequence[Cluster] = ()
    member_count: int | None = None
    agency_level: str = ""
    agency_units: Sequence[AdminUnit] = ()


@transaction.atomic
def finish_draft(
    *, by: User, draft: RegistrationDraft, content: NewOrganization, now: dt.datetime
) -> Organization:
    """Register the organization of a draft; a second time, return the one it became.

    A number that somebody holds is not taken from them: the organization begins without it, and a
    person of the team looks at it.
    """
    User.objects.select_for_update().get(pk=by.pk)
    row = RegistrationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if row.finished_at and row.organization:
        return row.organization
    trusted = is_trusted(by)
    latest = own_drafts(by).filter(finished_at__gt=now - DAY)
    if not trusted and latest.count() >= REGISTERED_PER_DAY:
        raise TooManyRegistered
    organization = _create(by, content, now.date())
    row.organization, row.finished_at = organization, now
    row.save()
    return organization


@transaction.atomic
def register_organization(*, by: User, content: NewOrganization, now: dt.datetime) -> Organization:
    """Register an organization whose steps all came at once, under the rules of a draft."""
    draft = RegistrationDraft.objects.create(owner=by, title=content.profile.legal_name)
    return finish_draft(by=by, draft=draft, content=content, now=now)


def _create(by: User, content: NewOrganization, today: dt.date) -> Organization:
    organization = create_organization(by=by, content=content.profile, today=today)
    for number in content.numbers:
        _declare(organization, number, by=by)
    place = content.place
    Site.objects.create(
        organization=organization,
        is_main=True,
        point=place.point,
        precision=place.precision,
        admin_unit=place.admin_unit,
        city=place.city,
        address=place.address,
    )
    _add_what_its_kind_has(organization, content)
    for cluster in content.clusters:
        _ask(by, organization, cluster, today)
    return organization


def _declare(organization: Organization, number: IdentifierContent, *, by: User) -> None:
    has_one = organization.identifiers.exists()
    try:
        add_identifier(organization=organization, identifier=number, is_primary=not has_one)
    except IdentifierTaken:
        NumberReview.objects.create(
            organization=organization,
            asked_by=by,
            scheme=number.scheme,
            value=number.value,
            normalized=number.normalized,
        )


def _add_what_its_kind_has(organization: Organization, content: NewOrganization) -> None:
    if content.member_count is not None:
        AssociationProfile.objects.create(
            organization=organization, member_count=content.member_count
        )
    if content.agency_level or content.agency_units:
        agency = AgencyProfile.objects.create(organization=organization, level=content.agency_level)
        agency.units.set(content.agency_units)


def _ask(by: User, organization: Organization, cluster: Cluster, today: dt.date) -> None:
    with suppress(CannotChangeAffiliation):
        ask_to_join(by=by, organization=organization, cluster=cluster, today=today)

"""Registering organizations and keeping their profiles.

Every change raises the organization's revision and asks, in the same transaction, for its
listings to be matched again and its programs to be judged again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from accounts.models import User
from accounts.services.blocks import is_blocked_identifier
from clusters.models import Classification
from common.jobs import enqueue
from firms.models import (
    CaseKind,
    Certificate,
    Identifier,
    IdentifierStatus,
    Membership,
    Organization,
    OrganizationActivity,
    Precision,
    Role,
    Site,
    Verification,
)
from firms.services.evidence import forget_rows, kept_evidence
from firms.services.moderation.cases import is_trusted, open_case
from firms.services.moderation.limits import is_blocked
from firms.services.organization_content import (
    CertificateContent,
    IdentifierContent,
    OrganizationContent,
    SiteContent,
)

__all__ = [
    "CannotRegister",
    "CertificateContent",
    "IdentifierContent",
    "IdentifierTaken",
    "OrganizationContent",
    "SiteContent",
    "add_identifier",
    "announce_organization",
    "create_organization",
    "touch_organization",
    "update_organization",
    "write_activities",
]


class CannotRegister(Exception):
    """The block list refuses the person, a number or a word of the profile."""


class IdentifierTaken(Exception):
    """Another organization holds this number."""


@transaction.atomic
def create_organization(
    *,
    by: User,
    content: OrganizationContent,
    identifier: IdentifierContent | None,
    today: dt.date,
) -> Organization:
    """Register an organization, with a number or without, and make its author administrator."""
    texts = [content.legal_name, content.trade_name, content.one_line, content.description]
    if is_blocked(by=by, texts=texts):
        raise CannotRegister
    is_known = is_trusted(by)
    organization = Organization.objects.create(
        **_columns(content), verification=Verification.CLAIMED, last_confirmed_on=today
    )
    if identifier:
        add_identifier(organization=organization, identifier=identifier)
    write_activities(organization, activities=content.activities)
    _write_sites(organization, content.sites or ())
    _write_certificates(organization, content.certificates or ())
    Membership.objects.create(user=by, organization=organization, role=Role.ADMINISTRATOR)
    if not is_known:
        open_case(kind=CaseKind.REGISTRATION, organization=organization)
    announce_organization(organization, by=by)
    return organization


@transaction.atomic
def update_organization(
    *,
    by: User,
    organization: Organization,
    content: OrganizationContent,
    today: dt.date,
) -> Organization:
    """Replace the profile, and confirm it as true today."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    columns = _columns(content)
    changed = any(getattr(row, name) != value for name, value in columns.items())
    changed |= write_activities(row, activities=content.activities)
    if content.sites is not None:
        changed |= _write_sites(row, content.sites)
    if content.certificates is not None:
        changed |= _write_certificates(row, content.certificates)
    for name, value in columns.items():
        setattr(row, name, value)
    row.last_confirmed_on = today
    row.revision += changed
    row.save()
    if changed:
        announce_organization(row, by=by)
    return row


def touch_organization(*, by: User, organization: Organization) -> None:
    """Raise the revision after a fact beside the profile changed, as belonging to a cluster."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    row.revision += 1
    row.save(update_fields=["revision", "updated_at"])
    announce_organization(row, by=by)


def announce_organization(organization: Organization, *, by: User) -> None:
    """Ask for new matches and verdicts of a revision."""
    for kind in ("organization.reproject", "organization.verdicts"):
        enqueue(kind, organization.pk, revision=organization.revision, actor_id=by.pk)
    enqueue("duplicates.scan", organization.pk, revision=organization.revision, queue="bulk")


def _columns(content: OrganizationContent) -> dict[str, object]:
    apart = {"activities", "sites", "certificates"}
    values = {f.name: getattr(content, f.name) for f in fields(content) if f.name not in apart}
    return values | {"languages": list(content.languages)}


def add_identifier(
    *, organization: Organization, identifier: IdentifierContent, is_primary: bool = True
) -> None:
    """Give an organization a number, unless another holds it."""
    if is_blocked_identifier(identifier.normalized):
        raise CannotRegister
    status = IdentifierStatus.FORMAT_OK if identifier.is_checked else IdentifierStatus.UNCHECKED
    try:
        with transaction.atomic():
            Identifier.objects.create(
                organization=organization,
                scheme=identifier.scheme,
                value=identifier.value,
                normalized=identifier.normalized,
                status=status,
                is_primary=is_primary,
            )
    except IntegrityError as error:
        raise IdentifierTaken from error


def write_activities(organization: Organization, *, activities: Sequence[Classification]) -> bool:
    """Make the activities those chosen, the first one the main; keep since when they are done."""
    wanted = [activity.pk for activity in activities]
    records = organization.activity_records
    known = dict(records.values_list("classification_id", "since"))
    main = records.filter(is_main=True).values_list("classification_id", flat=True).first()
    if set(known) == set(wanted) and main == next(iter(wanted), None):
        return False
    records.all().delete()
    OrganizationActivity.objects.bulk_create(
        OrganizationActivity(
            organization=organization,
            classification_id=pk,
            is_main=index == 0,
            since=known.get(pk),
        )
        for index, pk in enumerate(wanted)
    )
    return True


def _write_sites(organization: Organization, sites: Sequence[SiteContent]) -> bool:
    """Make the sites those given; one that stays in its city keeps its more exact point."""
    old = list(organization.sites.all())
    at_city = {site.city_id: site for site in old}
    new = [
        _site(organization, content, at_city.get(content.city.pk), is_main=index == 0)
        for index, content in enumerate(sites)
    ]
    return _replace(old, new, Site.objects, organization)


def _site(
    organization: Organization, content: SiteContent, known: Site | None, *, is_main: bool
) -> Site:
    city = content.city
    return Site(
        organization=organization,
        city=city,
        admin_unit=known.admin_unit if known else city.admin_unit or city.country,
        point=known.point if known else city.point,
        precision=known.precision if known else Precision.LOCALITY,
        kind=content.kind,
        name=content.name,
        address=content.address,
        is_main=is_main,
    )


def _write_certificates(
    organization: Organization, certificates: Sequence[CertificateContent]
) -> bool:
    old = list(organization.certificates.all())
    files = {(row.standard_id, row.number): row.evidence for row in old}
    before = kept_evidence(organization)
    new = [
        Certificate(
            organization=organization,
            evidence=files.get((content.standard.pk, content.number), ""),
            **{f.name: getattr(content, f.name) for f in fields(content)},
        )
        for content in certificates
    ]
    changed = _replace(old, new, Certificate.objects, organization)
    forget_rows(organization, before=before)
    return changed


_RowT = TypeVar("_RowT", Site, Certificate)


def _replace(
    old: list[_RowT],
    new: list[_RowT],
    manager: models.Manager[_RowT],
    organization: Organization,
) -> bool:
    """Put the new rows in the place of the old, unless they say the same."""
    if [_facts(row) for row in old] == [_facts(row) for row in new]:
        return False
    manager.filter(organization=organization).delete()
    manager.bulk_create(new)
    return True


def _facts(row: Site | Certificate) -> dict[str, object]:
    skipped = {"id", "created_at", "updated_at"}
    return {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if f.attname not in skipped
    }

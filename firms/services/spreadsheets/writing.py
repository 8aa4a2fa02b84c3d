"""Rows become organizations: many at once, and only what a row says."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.gis.geos import Point

from common.jobs import enqueue
from firms.models import (
    Affiliation,
    Identifier,
    IdentifierStatus,
    Organization,
    OrganizationActivity,
    Outcome,
    Site,
    SpreadsheetRow,
    Verification,
)
from firms.policies.spreadsheets import SOURCE, reference_prefix
from firms.services.imports.copying import copy_in
from firms.services.spreadsheets.changes import changes_of, columns_of, main_site
from firms.services.spreadsheets.judging import Court

PORTUGUESE = {"BR", "PT", "AO", "MZ", "CV"}


def create_organizations(rows: Sequence[SpreadsheetRow], court: Court) -> None:
    """Write a new organization for each row, listed until its people claim it."""
    prefix = reference_prefix(court.sheet.owner)
    countries = court.reference.country_ids
    made = [
        Organization(
            source=SOURCE,
            source_ref=f"{prefix}:{row.key}",
            verification=Verification.LISTED,
            country_id=countries[row.values["country"]],
            language="pt" if row.values["country"] in PORTUGUESE else "es",
            **({"kind": row.values["kind"]} | columns_of(row.values) | _days(row.values)),
        )
        for row in rows
    ]
    copy_in(rows=made)
    pairs = list(zip(rows, made, strict=True))
    for row, organization in pairs:
        row.organization_id, row.written_revision = organization.pk, organization.revision
        row.outcome, row.before = Outcome.CREATED, {}
    copy_in(rows=[n for row, owner in pairs for n in _number(row.values, owner, is_first=True)])
    copy_in(rows=[a for row, owner in pairs for a in _activity(row.values, owner)])
    copy_in(rows=[s for row, owner in pairs for s in _site(row.values, owner)])


def update_organizations(
    rows: Sequence[SpreadsheetRow], own: Mapping[int, Organization], court: Court
) -> None:
    """Write what rows say over what is there, and keep what was there before."""
    for row in rows:
        assert row.organization_id is not None  # noqa: S101 -- judged so
        organization = own[row.organization_id]
        before = changes_of(organization, row.values)
        if not before:
            row.outcome = Outcome.UNCHANGED
            continue
        _write_columns(organization, row.values, court)
        if "activities" in before:
            organization.activity_records.all().delete()
            _restore_activities(organization, _reordered(before["activities"], row.values))
        if "site" in before:
            _write_site(organization, row.values)
        if "number" in before:
            held = bool(organization.identifiers.all())
            copy_in(rows=_number(row.values, organization, is_first=not held))
        row.outcome, row.before = Outcome.UPDATED, before
        row.written_revision = organization.revision
        announce(organization, court.actor.pk)


def propose_to_cluster(rows: Sequence[SpreadsheetRow], court: Court) -> None:
    """Ask the organizations of rows into the spreadsheet's cluster; each has to say yes itself."""
    cluster = court.sheet.cluster
    if cluster is None:
        return
    ids = {row.organization_id for row in rows if row.organization_id}
    inside = Affiliation.objects.filter(cluster=cluster, organization__in=ids, ended_on=None)
    known = set(inside.values_list("organization_id", flat=True))
    asked: dict[int, SpreadsheetRow] = {}
    for row in rows:
        if row.organization_id and row.organization_id not in known:
            asked.setdefault(row.organization_id, row)
    copy_in(
        rows=[
            Affiliation(organization_id=owner, cluster=cluster, cluster_confirmed_on=court.today)
            for owner in asked
        ]
    )
    for row in asked.values():
        row.before = row.before | {"affiliation": cluster.pk}


def announce(organization: Organization, actor_id: int) -> None:
    """Have what depends on an organization's facts computed anew."""
    for kind in ("organization.reproject", "organization.verdicts"):
        enqueue(kind, organization.pk, revision=organization.revision, actor_id=actor_id)


def _restore_activities(organization: Organization, records: Sequence[tuple[int, bool]]) -> None:
    OrganizationActivity.objects.bulk_create(
        OrganizationActivity(organization=organization, classification_id=pk, is_main=is_main)
        for pk, is_main in records
    )


def _reordered(held: Sequence[Sequence[Any]], values: dict[str, Any]) -> list[tuple[int, bool]]:
    main = values["activity"]["id"]
    return [(main, True), *((pk, False) for pk, _was_main in held if pk != main)]


def _write_columns(organization: Organization, values: dict[str, Any], court: Court) -> None:
    for name, value in (columns_of(values) | _days(values)).items():
        setattr(organization, name, value)
    organization.revision += 1
    if organization.verification != Verification.LISTED:
        organization.last_confirmed_on = court.today
    organization.save()


def _write_site(organization: Organization, values: dict[str, Any]) -> None:
    site = main_site(organization)
    if site is None:
        copy_in(rows=_site(values, organization))
        return
    put_site(site, values["place"])


def put_site(site: Site, facts: dict[str, Any]) -> None:
    """Move a site."""
    site.point = Point(facts["longitude"], facts["latitude"], srid=4326)
    site.precision, site.admin_unit_id = facts["precision"], facts["admin_unit_id"]
    site.city_id = facts["city_id"]
    site.address = facts["address"] or site.address
    site.save()


def _days(values: dict[str, Any]) -> dict[str, Any]:
    day = values.get("founded_on")
    return {"founded_on": dt.date.fromisoformat(day)} if day else {}


def _number(
    values: dict[str, Any], organization: Organization, *, is_first: bool
) -> list[Identifier]:
    number = values.get("number")
    if number is None:
        return []
    status = IdentifierStatus.FORMAT_OK if number["is_checked"] else IdentifierStatus.UNCHECKED
    return [
        Identifier(
            organization=organization,
            scheme=number["scheme"],
            value=number["value"],
            normalized=number["normalized"],
            status=status,
            is_primary=is_first,
        )
    ]


def _activity(values: dict[str, Any], organization: Organization) -> list[OrganizationActivity]:
    activity = values.get("activity")
    if activity is None:
        return []
    return [
        OrganizationActivity(
            organization=organization, classification_id=activity["id"], is_main=True
        )
    ]


def _site(values: dict[str, Any], organization: Organization) -> list[Site]:
    place = values.get("place")
    if place is None:
        return []
    return [
        Site(
            organization=organization,
            is_main=True,
            point=Point(place["longitude"], place["latitude"], srid=4326),
            precision=place["precision"],
            admin_unit_id=place["admin_unit_id"],
            city_id=place["city_id"],
            address=place["address"],
        )
    ]

"""Invented organizations: their profile, place, activities, certificates and listings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import slugify

from clusters.models import Cluster
from firms.models import (
    Affiliation,
    Certificate,
    IprRecord,
    Leadership,
    ListingStatus,
    Need,
    NeedItem,
    Offer,
    Organization,
    OrganizationActivity,
    OrganizationKind,
    Precision,
    Reach,
    ResearchProject,
    Site,
    Technology,
    Verification,
)
from firms.services.references import take_references
from registry.demo.codes import Codes, Spot
from registry.demo.entries import ListingEntry, OrganizationEntry

SOURCE = "demo"
OFFER_DAYS, NEED_DAYS = 365, 180
MARKS = {
    "es": "Ejemplo ilustrativo: esta organización no existe.",
    "pt": "Exemplo ilustrativo: esta organização não existe.",
    "en": "Illustration: this organization does not exist.",
}


@dataclass(frozen=True)
class Moment:
    """When the world is made, and when it was made before."""

    now: dt.datetime
    before: dt.datetime | None

    @property
    def today(self) -> dt.date:
        """The day of making."""
        return self.now.date()

    def is_touched(self, row: Organization | Offer | Need) -> bool:
        """Say whether somebody changed a row since it was loaded; then it is left alone."""
        return self.before is None or row.updated_at > self.before


def write_organization(
    entry: OrganizationEntry, spot: Spot, codes: Codes, moment: Moment
) -> Organization:
    """Make an organization, or bring an untouched one up to date, with its listings."""
    row = Organization.objects.filter(source=SOURCE, source_ref=entry.ref).first()
    if row is None or not moment.is_touched(row):
        row = _write_profile(row, entry, spot, codes, moment)
    for index, offer in enumerate(entry.offers):
        _write(Offer, row, offer, _offer(offer), spot, codes, moment, index)
    for index, need in enumerate(entry.needs):
        _write(Need, row, need, _need(need), spot, codes, moment, index)
    return row


def affiliate(organization: Organization, cluster: Cluster, role: str, moment: Moment) -> None:
    """Put an organization in a cluster, confirmed by both sides."""
    Affiliation.objects.get_or_create(
        organization=organization,
        cluster=cluster,
        ended_on=None,
        defaults={
            "role": role,
            "cluster_confirmed_on": moment.today,
            "member_confirmed_on": moment.today,
        },
    )


def _write_profile(
    row: Organization | None,
    entry: OrganizationEntry,
    spot: Spot,
    codes: Codes,
    moment: Moment,
) -> Organization:
    row = row or Organization(source=SOURCE, source_ref=entry.ref)
    _set(row, _profile(entry, spot, codes, moment))
    row.save()
    for rows in (row.sites, row.activity_records, row.certificates):
        rows.all().delete()
    Site.objects.create(
        organization=row,
        is_main=True,
        point=spot.point,
        admin_unit=spot.admin_unit,
        city=spot.city,
        name="" if spot.city else spot.name,
        precision=Precision.LOCALITY,
    )
    OrganizationActivity.objects.bulk_create(
        OrganizationActivity(organization=row, classification=activity, is_main=index == 0)
        for index, activity in enumerate(codes.classifications(entry.activities))
    )
    Certificate.objects.bulk_create(
        Certificate(
            organization=row,
            standard=codes.standard(code),
            valid_from=moment.today - dt.timedelta(days=400),
            valid_until=moment.today + dt.timedelta(days=500),
        )
        for code in entry.certs
    )
    _write_leadership(row, entry, moment)
    return row


def _write_leadership(row: Organization, entry: OrganizationEntry, moment: Moment) -> None:
    """Invented organizations have nobody who could consent; the text says so."""
    Leadership.objects.filter(organization=row).delete()
    if entry.women is not None:
        Leadership.objects.create(
            organization=row,
            women_led=entry.women,
            consented_at=moment.now,
            consent_version=SOURCE,
        )


def _verification(kind: str, moment: Moment) -> dict[str, object]:
    """Bodies are verified, so that a newcomer sees one vouch; firms are claimed."""
    if kind not in (OrganizationKind.CLUSTER_ORGANIZATION, OrganizationKind.PUBLIC_AGENCY):
        return {"verification": Verification.CLAIMED}
    return {"verification": Verification.VERIFIED, "verified_on": moment.today}


def _profile(
    entry: OrganizationEntry, spot: Spot, codes: Codes, moment: Moment
) -> dict[str, object]:
    started = dt.date(entry.since, 3, 1) if entry.since else None
    return {
        "kind": entry.kind,
        "legal_name": entry.name,
        "one_line": entry.line,
        "description": MARKS[entry.lang],
        "language": entry.lang,
        "languages": list(entry.languages),
        "country": codes.unit(spot.admin_unit.country_code),
        "size_class": entry.size,
        "founded_on": started,
        "activity_start_on": started,
        **_verification(entry.kind, moment),
        "last_confirmed_on": moment.today,
    }


def _write(  # noqa: PLR0913 -- what is written, for whom, as what, where, by which codes, when
    model: type[Offer] | type[Need],
    owner: Organization,
    entry: ListingEntry,
    own: Mapping[str, object],
    spot: Spot,
    codes: Codes,
    moment: Moment,
    index: int,
) -> None:
    ref = f"demo:{slugify(entry.title)}"[:160]
    row = model.objects.filter(organization=owner, source_ref=ref).first()
    if row is not None and moment.is_touched(row):
        return
    if row is None:
        row = model(organization=owner, source_ref=ref)
        country = owner.country.country_code
        (row.reference,) = take_references(
            model=model, kind=entry.kind, country_code=country, day=moment.today
        )
    else:
        row.revision += 1
    days = NEED_DAYS if model is Need else OFFER_DAYS
    _set(row, {**_shared(entry, owner, spot), **own, **_dates(owner, moment, days, index)})
    if entry.closes_in and isinstance(row, Need):
        row.closes_on = row.valid_until = moment.today + dt.timedelta(days=entry.closes_in)
    row.save()
    _relate(row, entry, codes)
    _add_parts(row, entry, moment)


def _shared(entry: ListingEntry, owner: Organization, spot: Spot) -> dict[str, object]:
    kind, kilometers = _reach(entry.reach)
    return {
        "title": entry.title,
        "summary": entry.text,
        "language": entry.lang or owner.language,
        "partnerships": list(entry.deal),
        "admin_unit": spot.admin_unit,
        "point": spot.point,
        "place_name": spot.name,
        "reach": kind,
        "reach_km": kilometers,
        "status": ListingStatus.PUBLISHED,
    }


def _dates(owner: Organization, moment: Moment, days: int, index: int) -> dict[str, object]:
    """Spread publication over the last weeks, the same way each time."""
    ago = (sum(owner.source_ref.encode()) + 11 * index) % 50 + 1
    published = moment.now - dt.timedelta(days=ago)
    return {
        "published_at": published,
        "valid_from": published.date(),
        "valid_until": moment.today + dt.timedelta(days=days),
    }


def _offer(entry: ListingEntry) -> dict[str, object]:
    return {"kind": entry.kind, **entry.says}


def _need(entry: ListingEntry) -> dict[str, object]:
    said = {"kind": entry.kind, **entry.says}
    if not entry.budget:
        return {**said, "urgency": entry.urgency, "wanted_sizes": list(entry.sizes)}
    low, high, currency = entry.budget
    return {
        **said,
        "urgency": entry.urgency,
        "wanted_sizes": list(entry.sizes),
        "budget_min": Decimal(low),
        "budget_max": Decimal(high),
        "currency": currency,
    }


def _reach(text: str) -> tuple[Reach, int | None]:
    if text in {Reach.NATIONAL, Reach.WORLDWIDE}:
        return Reach(text), None
    if text.endswith(" km"):
        return Reach.RADIUS, int(text.removesuffix(" km"))
    return Reach.TERRITORIES, None


def _relate(row: Offer | Need, entry: ListingEntry, codes: Codes) -> None:
    row.classifications.set(codes.classifications(entry.codes))
    is_territorial = row.reach == Reach.TERRITORIES
    row.reach_units.set([codes.unit(c) for c in entry.reach.split()] if is_territorial else [])
    if isinstance(row, Need):
        row.required_certificates.set([codes.standard(code) for code in entry.certs])


def _add_parts(row: Offer | Need, entry: ListingEntry, moment: Moment) -> None:
    """Write what only some kinds have beside them."""
    if isinstance(row, Offer):
        row.ipr_records.all().delete()
        IprRecord.objects.bulk_create(IprRecord(offer=row, **right) for right in entry.rights)
        if entry.technology:
            said = {"trl_on": moment.today - dt.timedelta(days=120), **entry.technology}
            Technology.objects.update_or_create(offer=row, defaults=said)
        return
    row.items.all().delete()
    NeedItem.objects.bulk_create(
        NeedItem(need=row, position=position, **item)
        for position, item in enumerate(entry.items, start=1)
    )
    if entry.project:
        ResearchProject.objects.update_or_create(need=row, defaults=entry.project)


def _set(row: models.Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)

"""The second half of an import: organizations computed from their records, and written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from clusters.models import Classification, Scheme
from firms.models import (
    Identifier,
    IdentifierStatus,
    Organization,
    OrganizationActivity,
    OrganizationAlias,
    OrganizationStatus,
    Site,
    Verification,
)
from firms.services.imports.atlas import Atlas
from firms.services.imports.copying import copy_in, write_changed
from firms.services.imports.listings import Author, archive_listings, write_listings
from firms.services.moderation.suspensions import removed_refs
from firms.sources.drafts import OrganizationDraft, Register

COLUMNS = ("kind", "legal_name", "country_id", "language", "acronym", "website", "founded_on")


def write_organizations(
    *,
    register: Register,
    records: Mapping[str, Sequence[Mapping[str, str]]],
    atlas: Atlas,
    now: dt.datetime,
) -> None:
    """Write what the records of each party say of it; none at all archives its listings.

    An organization that people have claimed is theirs: nothing of it is changed. One that another
    source brought keeps its profile and gains identifiers and listings. What people have united is
    left as they made it. One that asked to be removed, or is suspended, is not brought back.
    """
    drafts = [register.draft(party, rows) for party, rows in records.items() if rows]
    drafts = _not_removed(_not_united(drafts))
    known = _known(drafts)
    writable = [draft for draft in drafts if _is_ours(known.get(draft.source_ref))]
    created = _create([d for d in writable if d.source_ref not in known], atlas)
    owners = known | created
    own = {
        d.source_ref: owners[d.source_ref]
        for d in writable
        if owners[d.source_ref].source == d.source
    }
    _update([d for d in writable if d.source_ref in own and d.source_ref in known], own, atlas, now)
    _write_identifiers(writable, owners)
    _write_activities([d for d in writable if d.source_ref in own], own)
    _write_sites([d for d in writable if d.source_ref in own], own, atlas)
    authors = [Author(owners[d.source_ref], d, d.country) for d in writable]
    write_listings(authors=authors, atlas=atlas, now=now)
    gone = Organization.objects.filter(
        source=register.source,
        source_ref__in=[party for party, rows in records.items() if not rows],
        verification=Verification.LISTED,
        aliases=None,
    )
    archive_listings(organizations=list(gone), now=now)


def _is_ours(found: Organization | None) -> bool:
    """Say whether an import may write an organization: it is new, or nobody has a say in it yet."""
    return found is None or (
        found.verification == Verification.LISTED and found.status != OrganizationStatus.SUSPENDED
    )


def _not_removed(drafts: Sequence[OrganizationDraft]) -> list[OrganizationDraft]:
    """Leave out the records whose organizations asked for that."""
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        refs[draft.source].append(draft.source_ref)
    removed = {source: removed_refs(source, keys) for source, keys in refs.items()}
    return [draft for draft in drafts if draft.source_ref not in removed[draft.source]]


def _not_united(drafts: Sequence[OrganizationDraft]) -> list[OrganizationDraft]:
    """Leave out the parties of records that people have united: one row cannot say it of two."""
    aliases = OrganizationAlias.objects.exclude(source_ref="").select_related("organization")
    aliases = aliases.filter(source__in={d.source for d in drafts}).order_by("pk")
    united = {
        key
        for alias in aliases
        for key in (
            (alias.source, alias.source_ref),
            (alias.organization.source, alias.organization.source_ref),
        )
    }
    return [d for d in drafts if (d.source, d.source_ref) not in united]


def _known(drafts: Sequence[OrganizationDraft]) -> dict[str, Organization]:
    """Return the organizations that exist, by the reference of their drafts."""
    by_ref = {(d.source, d.source_ref): d.source_ref for d in drafts}
    rows = Organization.objects.filter(
        source__in={d.source for d in drafts}, source_ref__in={d.source_ref for d in drafts}
    )
    known = {row.source_ref: row for row in rows if (row.source, row.source_ref) in by_ref}
    by_number = {
        (n.scheme, n.normalized): d.source_ref
        for d in drafts
        for n in d.identifiers
        if d.source_ref not in known
    }
    identifiers = Identifier.objects.filter(
        scheme__in={scheme for scheme, _ in by_number},
        normalized__in={number for _, number in by_number},
    ).select_related("organization")
    for row in identifiers.order_by("pk"):
        ref = by_number.get((row.scheme, row.normalized))
        if ref:
            known.setdefault(ref, row.organization)
    return known


def _create(drafts: Sequence[OrganizationDraft], atlas: Atlas) -> dict[str, Organization]:
    rows = [
        Organization(
            source=draft.source,
            source_ref=draft.source_ref,
            verification=Verification.LISTED,
            languages=[draft.language],
            **_columns(draft, atlas),
        )
        for draft in drafts
    ]
    copy_in(rows=rows)
    return {row.source_ref: row for row in rows}


def _update(
    drafts: Sequence[OrganizationDraft],
    own: Mapping[str, Organization],
    atlas: Atlas,
    now: dt.datetime,
) -> None:
    changed = []
    for draft in drafts:
        row, columns = own[draft.source_ref], _columns(draft, atlas)
        if all(getattr(row, name) == value for name, value in columns.items()):
            continue
        for name, value in columns.items():
            setattr(row, name, value)
        row.revision += 1
        row.updated_at = now
        changed.append(row)
    fields = [name.removesuffix("_id") for name in COLUMNS]
    write_changed(rows=changed, columns=[*fields, "revision", "updated_at"])


def _columns(draft: OrganizationDraft, atlas: Atlas) -> dict[str, object]:
    facts = {name: getattr(draft, name) for name in COLUMNS if name != "country_id"}
    return facts | {"country_id": atlas.country_ids[draft.country]}


def _write_identifiers(
    drafts: Sequence[OrganizationDraft], owners: Mapping[str, Organization]
) -> None:
    ids = [owners[d.source_ref].pk for d in drafts]
    with_primary = set(
        Identifier.objects.filter(organization__in=ids, is_primary=True).values_list(
            "organization_id", flat=True
        )
    )
    rows = []
    for draft in drafts:
        owner = owners[draft.source_ref]
        for number in draft.identifiers:
            is_primary = owner.pk not in with_primary
            with_primary.add(owner.pk)
            status = IdentifierStatus.FORMAT_OK if number.is_checked else IdentifierStatus.UNCHECKED
            rows.append(
                Identifier(
                    organization=owner,
                    scheme=number.scheme,
                    value=number.value,
                    normalized=number.normalized,
                    status=status,
                    is_primary=is_primary,
                )
            )
    # one that exists already, here or with another organization, stays as it is
    Identifier.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _write_activities(drafts: Sequence[OrganizationDraft], own: Mapping[str, Organization]) -> None:
    isic = _isic_ids({code for draft in drafts for code in draft.activities})
    wanted = {
        own[d.source_ref].pk: [isic[code] for code in d.activities if code in isic] for d in drafts
    }
    before: defaultdict[int, list[int]] = defaultdict(list)
    records = OrganizationActivity.objects.filter(organization__in=wanted)
    for owner, activity in records.order_by("-is_main", "pk").values_list(
        "organization_id", "classification_id"
    ):
        before[owner].append(activity)
    stale = [owner for owner, activities in wanted.items() if before[owner] != activities]
    OrganizationActivity.objects.filter(organization__in=stale).delete()
    OrganizationActivity.objects.bulk_create(
        [
            OrganizationActivity(
                organization_id=owner, classification_id=activity, is_main=index == 0
            )
            for owner in stale
            for index, activity in enumerate(wanted[owner])
        ],
        batch_size=500,
    )


def _isic_ids(codes: Collection[str]) -> dict[str, int]:
    rows = Classification.objects.filter(scheme=Scheme.ISIC4, code__in=codes)
    return dict(rows.values_list("code", "pk"))


def _write_sites(
    drafts: Sequence[OrganizationDraft], own: Mapping[str, Organization], atlas: Atlas
) -> None:
    wanted = {own[d.source_ref].pk: _sites(own[d.source_ref], d, atlas) for d in drafts}
    before: defaultdict[int, list[Site]] = defaultdict(list)
    for site in Site.objects.filter(organization__in=wanted).order_by("pk"):
        before[site.organization_id].append(site)
    stale = [
        owner
        for owner, sites in wanted.items()
        if [_facts(site) for site in before[owner]] != [_facts(site) for site in sites]
    ]
    Site.objects.filter(organization__in=stale).delete()
    copy_in(rows=[site for owner in stale for site in wanted[owner]])


def _sites(owner: Organization, draft: OrganizationDraft, atlas: Atlas) -> list[Site]:
    sites: list[Site] = []
    for site in draft.sites:
        found = atlas.find(site.spot, language=draft.language)
        if found is None:
            continue
        sites.append(
            Site(
                organization=owner,
                name=site.name,
                kind=site.kind,
                is_main=not sites,
                point=found.point,
                precision=site.precision,
                admin_unit_id=found.admin_unit_id,
                city_id=found.city_id,
                address=site.address,
            )
        )
    return sites


def _facts(site: Site) -> tuple[object, ...]:
    where = (round(site.point.x, 6), round(site.point.y, 6), site.admin_unit_id, site.city_id)
    return (site.name, site.kind, site.is_main, site.precision, site.address, *where)

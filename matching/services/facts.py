"""What the engine needs to know of listings, read in a fixed number of queries for any number."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.models import AdminUnit, Classification, ClassificationLink
from firms.freshness import freshness_of
from firms.models import (
    Affiliation,
    Certificate,
    FieldGroup,
    Need,
    Offer,
    OrganizationActivity,
    Reach,
    SizeClass,
    Verification,
    Visibility,
)
from firms.policies import organizations_told
from matching.engine.documents import Days, Facts, Position, Wording
from matching.engine.geo import ReachArea, ReachKind, Spot
from matching.engine.payload import NO_DAY
from matching.models import Audience

REACH_KINDS = {
    Reach.RADIUS: ReachKind.RADIUS,
    Reach.TERRITORIES: ReachKind.TERRITORIES,
    Reach.NATIONAL: ReachKind.NATIONAL,
    Reach.WORLDWIDE: ReachKind.WORLDWIDE,
}
SIZES = {SizeClass.MICRO: 1, SizeClass.SMALL: 2, SizeClass.MEDIUM: 3, SizeClass.LARGE: 4}
AUDIENCES: dict[str, Audience] = {
    Visibility.PUBLIC: Audience.PUBLIC,
    Visibility.MEMBERS: Audience.MEMBERS,
    Visibility.PRIVATE: Audience.PRIVATE,
}

SHOWN = ("organization", "admin_unit__parent")
SHAPES = ("admin_unit__boundary", "admin_unit__parent__boundary")  # large, and not asked for

Entry = tuple[str, str, str]  # scheme, code, label in the listing's language
Lists = Mapping[int, list[int]]


@dataclass(frozen=True)
class Surroundings:
    """What other tables say of a chunk of listings, by listing or by organization."""

    entries: Mapping[int, list[Entry]]
    units: Mapping[int, list[str]]
    clusters: Lists
    certificates: Mapping[int, dict[int, int]]
    activities: Mapping[int, list[Entry]]


def offer_facts(offers: QuerySet[Offer], *, today: dt.date) -> dict[int, Facts]:
    """Return what is known of offers by their ids."""
    rows = list(offers.select_related(*SHOWN).defer(*SHAPES))
    owners = [row.organization_id for row in rows]
    held: defaultdict[int, dict[int, int]] = defaultdict(dict)
    told = organizations_told(FieldGroup.CERTIFICATES).filter(pk__in=owners)
    for owner, standard, until in (
        Certificate.objects.filter(organization__in=told.values("pk"))
        .valid_on(today)
        .values_list("organization_id", "standard_id", "valid_until")
    ):
        day = until.toordinal() if until else NO_DAY
        held[owner][standard] = max(held[owner].get(standard, 0), day)
    around = Surroundings(
        entries=_entries(Offer, "offer_id", rows),
        units=_reach_units(Offer, "offer_id", rows),
        clusters=clusters_of(owners),
        certificates=held,
        activities=_activities(owners),
    )
    return {row.pk: _offer(row, around) for row in rows}


def need_facts(needs: QuerySet[Need]) -> dict[int, Facts]:
    """Return what is known of needs by their ids."""
    rows = list(needs.select_related(*SHOWN).defer(*SHAPES))
    required: defaultdict[int, dict[int, int]] = defaultdict(dict)
    through = Need.required_certificates.through.objects.filter(need__in=[row.pk for row in rows])
    for need, standard in through.values_list("need_id", "certificatestandard_id"):
        required[need][standard] = NO_DAY
    around = Surroundings(
        entries=_entries(Need, "need_id", rows),
        units=_reach_units(Need, "need_id", rows),
        clusters=clusters_of([row.organization_id for row in rows]),
        certificates=required,
        activities={},
    )
    return {row.pk: _need(row, around) for row in rows}


def clusters_of(organizations: Iterable[int]) -> Lists:
    """Return the clusters that both sides confirmed, by organization."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Affiliation.objects.confirmed().filter(organization__in=list(organizations))
    for organization, cluster in rows.values_list("organization_id", "cluster_id"):
        found[organization].append(cluster)
    return found


def entries_of(classifications: Iterable[int], *, language: str) -> list[Entry]:
    """Return scheme, code and label of classifications, with the entries they are linked to."""
    pks = list(classifications)
    linked = {target for targets in _linked(pks).values() for target in targets}
    wanted = Classification.objects.filter(pk__in={*pks, *linked}).order_by("scheme", "code")
    return [_entry(row, language, labelled=row.pk in set(pks)) for row in wanted]


def unit_codes(unit: AdminUnit | None) -> tuple[str, ...]:
    """Return the ISO codes of a division from its country down."""
    if unit is None:
        return ()
    return (unit.parent.code, unit.code) if unit.parent else (unit.code,)


def audience_of(row: Offer | Need) -> Audience:
    """Return the narrower of a listing's visibility and its organization's."""
    own = AUDIENCES.get(row.visibility, Audience.PRIVATE)  # a cluster's and guests' are not paired
    return max(own, AUDIENCES[row.organization.visibility])


def _offer(row: Offer, around: Surroundings) -> Facts:
    organization = row.organization
    entries = around.entries.get(row.pk, [])
    codes = [*entries, *around.activities.get(row.organization_id, [])]
    return Facts(
        organization=row.organization_id,
        wording=Wording(
            language=row.language,
            title=row.title,
            body="\n".join(filter(None, (row.summary, row.description, row.advantages))),
            labels=_labels(entries),
            name=f"{organization.legal_name} {organization.trade_name} {organization.one_line}",
        ),
        position=_position(row, around),
        days=_days(row),
        codes=tuple(dict.fromkeys((scheme, code) for scheme, code, _ in codes)),
        certificates=around.certificates.get(row.organization_id, {}),
        clusters=tuple(around.clusters.get(row.organization_id, ())),
        size=SIZES.get(SizeClass(organization.size_class), 0) if organization.size_class else 0,
        open_to_contact=row.open_to_contact,
        audience=audience_of(row),
    )


def _need(row: Need, around: Surroundings) -> Facts:
    entries = around.entries.get(row.pk, [])
    return Facts(
        organization=row.organization_id,
        wording=Wording(
            language=row.language,
            title=row.title,
            body="\n".join(filter(None, (row.summary, row.description))),
            labels=_labels(entries),
        ),
        position=_position(row, around),
        days=_days(row),
        codes=tuple(dict.fromkeys((scheme, code) for scheme, code, _ in entries)),
        certificates=around.certificates.get(row.pk, {}),
        # a cluster in a reason would tell who is behind an anonymous need
        clusters=() if row.is_anonymous else tuple(around.clusters.get(row.organization_id, ())),
        wanted_sizes=sum(1 << SIZES[SizeClass(size)] for size in set(row.wanted_sizes)),
        open_to_contact=row.open_to_contact,
        audience=audience_of(row),
    )


def _position(row: Offer | Need, around: Surroundings) -> Position:
    return Position(
        spot=Spot(row.point.y, row.point.x),
        units=unit_codes(row.admin_unit),
        reach=ReachArea(
            REACH_KINDS[Reach(row.reach)], row.reach_km or 0.0, tuple(around.units.get(row.pk, ()))
        ),
    )


def _days(row: Offer | Need) -> Days:
    """Return the days of a listing; its last word is its publication, or its author's renewal."""
    spoken = row.published_at.date() if row.published_at else row.valid_from
    return Days(row.valid_from.toordinal(), _last_day(row).toordinal(), spoken.toordinal())


def _last_day(row: Need | Offer) -> dt.date:
    """Return until when it is matched: its own end, or the end of its organization's grace."""
    owner = row.organization
    if owner.verification == Verification.LISTED or owner.last_confirmed_on is None:
        return row.valid_until
    hidden = freshness_of(owner.last_confirmed_on, owner.last_confirmed_on).hidden_from
    return min(row.valid_until, hidden - dt.timedelta(days=1))


def _labels(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for _, _, label in entries if label))


def _entry(row: Classification, language: str, *, labelled: bool = True) -> Entry:
    return row.scheme, row.code, getattr(row, f"label_{language}") if labelled else ""


def _entries(
    model: type[Offer | Need], column: str, rows: Sequence[Offer] | Sequence[Need]
) -> dict[int, list[Entry]]:
    """Return the entries of listings and, without a label, those they are linked to."""
    language = {row.pk: row.language for row in rows}
    through = model.classifications.through.objects.filter(**{f"{column}__in": list(language)})
    pairs = list(through.values_list(column, "classification_id"))
    own = {entry for _, entry in pairs}
    linked = _linked(own)
    known = Classification.objects.in_bulk({*own, *(t for ts in linked.values() for t in ts)})
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for listing, entry in sorted(pairs):
        found[listing].append(_entry(known[entry], language[listing]))
        for target in linked.get(entry, ()):
            found[listing].append(_entry(known[target], language[listing], labelled=False))
    return found


def _linked(entries: Iterable[int]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    links = ClassificationLink.objects.filter(source__in=list(entries))
    for source, target in links.values_list("source_id", "target_id"):
        found[source].append(target)
    return found


def _activities(organizations: Iterable[int]) -> dict[int, list[Entry]]:
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    rows = OrganizationActivity.objects.filter(organization__in=list(organizations))
    columns = ("organization_id", "classification__scheme", "classification__code")
    for organization, scheme, code in rows.values_list(*columns):
        found[organization].append((scheme, code, ""))
    return found


def _reach_units(
    model: type[Offer | Need], column: str, rows: Sequence[Offer] | Sequence[Need]
) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    through = model.reach_units.through.objects.filter(
        **{f"{column}__in": [row.pk for row in rows]}
    )
    for listing, code in through.values_list(column, "adminunit__code"):
        found[listing].append(code)
    return found

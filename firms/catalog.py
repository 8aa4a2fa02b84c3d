"""Narrowing lists of organizations and listings: what each condition of a search means."""

import datetime as dt
from uuid import UUID

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from clusters.models import (
    CertificateStandard,
    Classification,
    Cluster,
    Fold,
    fold,
    search_terms,
)
from firms.identifiers import is_personal
from firms.models import (
    Affiliation,
    Beneficiary,
    Certificate,
    DirectoryEntry,
    Identifier,
    ListingQuerySet,
    ListingT,
    Offer,
    Organization,
    OrganizationActivity,
    OrganizationKind,
    Site,
    Visibility,
)
from firms.models.words import TermsQuery, Words
from firms.reading import read

MIN_NUMBER = 6
MIN_LETTERS, OPTIONS = 3, 8
NAMES = Fold("legal_name", "trade_name", "acronym", "one_line")
RECORDS = (
    "beneficiary",
    "service_area",
    "market_profile",
    "size_declaration",
    "ownership",
    "research_profile",
    "agency_profile",
    "association_profile",
    "leadership",
)
TITLE = Fold("title", "summary")
LISTING_WORDS = Words("language", "title", "summary", "description")
MAX_HIDDEN = 1_000
SHOWN_NAME = Coalesce(NullIf("trade_name", Value("")), "legal_name")


def _all_words(document: str, terms: list[str]) -> Q:
    condition = Q()
    for term in terms:
        condition &= Q(**{f"{document}__trigram_word_similar": term})
    return condition


def search_organizations(
    rows: QuerySet[Organization], query: str, offers: QuerySet[Offer]
) -> QuerySet[Organization]:
    """Keep those that say every word in what anyone may read, hold the number, or offer it.

    ``offers`` are the ones that the reader may see; what is public of them is in the entries.
    """
    return rows.filter(asked_for(query, offers))


def asked_for(query: str, offers: QuerySet[Offer] | None, *, path: str = "entry__") -> Q:
    """Return the condition of a search; without offers, what anyone may read decides.

    ``path`` leads from the rows to their entries; it is empty where the rows are entries.
    """
    if holders := _holders_of(query):
        return Q(pk__in=holders)
    terms = read(query).terms
    if not terms:
        return Q()
    asked = TermsQuery(terms)
    said = Q(**{f"{path}document": asked})
    if offers is None:
        return said
    hidden = offers.exclude(visibility=Visibility.PUBLIC).alias(words=LISTING_WORDS)
    told = hidden.filter(words=asked).order_by("pk").values_list("organization", flat=True)
    # a short list of keys, not a subquery: two conditions on one table are one scan of its index
    ids = list(told[:MAX_HIDDEN])
    return said | Q(**{f"{path}organization_id__in": ids}) if ids else said


def _holders_of(query: str) -> list[int]:
    """Return who holds the number that somebody typed whole; people's are not searched."""
    number = "".join(sign for sign in query.upper() if sign.isalnum())
    if len(number) < MIN_NUMBER or not any(sign.isdigit() for sign in number):
        return []
    written = query.strip().upper()  # Panama's keep their dashes
    found = Identifier.objects.filter(normalized__in={number, written}).order_by("pk")
    firms = found.exclude(organization__kind=OrganizationKind.SOLE_TRADER)
    return [row.organization_id for row in firms if not is_personal(row.scheme, row.normalized)]


def nearest_name(rows: QuerySet[Organization], query: str) -> QuerySet[Organization]:
    """Sort by how well the words are said, names first; ties by name."""
    if _holders_of(query) or not (terms := read(query).terms):
        return rows.order_by("entry__sort_name", "pk")
    likeness = SearchRank(F("entry__document"), TermsQuery(terms))
    return rows.order_by(likeness.desc(), "entry__sort_name", "pk")


def search_listings(rows: ListingQuerySet[ListingT], query: str) -> ListingQuerySet[ListingT]:
    """Keep those that say every word; where nobody uses a word, those that nearly do."""
    reading = read(query)
    if not reading.terms:
        return rows
    found = rows.model._default_manager.alias(words=LISTING_WORDS)
    said = found.filter(words=reading.query).order_by().values("pk")
    if not reading.has_unknown:
        return rows.filter(pk__in=said)
    slips = rows.model._default_manager.alias(words=TITLE)
    alike = slips.filter(_all_words("words", search_terms(query))).order_by().values("pk")
    return rows.filter(pk__in=said.union(alike))


def below(entry: Classification, field: str) -> Q:
    """Return the condition of being an entry or one of its descendants."""
    return Q(**{f"{field}__scheme": entry.scheme}) & (
        Q(**{f"{field}__path": entry.path}) | Q(**{f"{field}__path__startswith": f"{entry.path}/"})
    )


def doing(rows: QuerySet[Organization], activity: Classification) -> QuerySet[Organization]:
    """Keep those that carry out an activity or a narrower one."""
    records = OrganizationActivity.objects.filter(below(activity, "classification")).order_by()
    return rows.filter(pk__in=records.values("organization"))


def offering(
    rows: QuerySet[DirectoryEntry], product: Classification, offers: QuerySet[Offer]
) -> QuerySet[DirectoryEntry]:
    """Keep those with an offer of a product or a narrower one, among the offers given."""
    found = offers.filter(below(product, "classifications")).order_by()
    return rows.filter(pk__in=found.values("organization"))


def members_of(rows: QuerySet[Organization], cluster: Cluster) -> QuerySet[Organization]:
    """Keep those that both sides have confirmed as belonging to a cluster."""
    confirmed = Affiliation.objects.confirmed().filter(cluster=cluster).order_by()
    return rows.filter(pk__in=confirmed.values("organization"))


def outside(rows: QuerySet[Organization], cluster: Cluster) -> QuerySet[Organization]:
    """Keep those that neither belong to a cluster nor wait for an answer about it."""
    current = Affiliation.objects.filter(cluster=cluster, ended_on=None).order_by()
    return rows.exclude(pk__in=current.values("organization"))


def holding(
    rows: QuerySet[DirectoryEntry], standard: CertificateStandard, day: dt.date, showing: Q
) -> QuerySet[DirectoryEntry]:
    """Keep those with a certificate of a standard in force, among who shows certificates.

    The tag leads to who holds one that has not ended; the rest is looked up for these alone.
    """
    held = Certificate.objects.valid_on(day).filter(standard=standard, organization=OuterRef("pk"))
    return rows.filter(showing, Exists(held), tags__contains=[f"s:{standard.pk}"])


def supported(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Keep those that some program has supported."""
    return rows.filter(pk__in=Beneficiary.objects.order_by().values("pk"))


def classified(rows: ListingQuerySet[ListingT], entry: Classification) -> ListingQuerySet[ListingT]:
    """Keep the listings under an entry or a narrower one."""
    same = rows.model._default_manager.filter(below(entry, "classifications")).order_by()
    return rows.filter(pk__in=same.values("pk"))


def listings_of_members(
    rows: ListingQuerySet[ListingT], cluster: Cluster
) -> ListingQuerySet[ListingT]:
    """Keep the listings of organizations confirmed in a cluster."""
    confirmed = Affiliation.objects.confirmed().filter(cluster=cluster).order_by()
    return rows.filter(organization__in=confirmed.values("organization"))


def directory_rows(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Bring along what a line of the directory shows, in a fixed number of queries."""
    sites = Site.objects.filter(is_main=True).select_related("city", "admin_unit")
    activities = OrganizationActivity.objects.filter(is_main=True).select_related("classification")
    return (
        rows.select_related("country")
        .prefetch_related(
            Prefetch("sites", sites.defer("admin_unit__boundary"), to_attr="main_sites"),
            Prefetch("activity_records", activities, to_attr="main_activities"),
        )
        .defer("country__boundary", "description")
    )


def listing_rows(rows: ListingQuerySet[ListingT]) -> ListingQuerySet[ListingT]:
    """Bring along what a line of a list of offers or needs shows."""
    return rows.select_related("organization", "admin_unit").defer(
        "admin_unit__boundary", "description", "organization__description"
    )


def listing_page_rows(rows: ListingQuerySet[ListingT]) -> ListingQuerySet[ListingT]:
    """Bring along what the page of one offer or need shows."""
    is_offer = rows.model is Offer
    beside = ("technology",) if is_offer else ("technology_wish", "research_project")
    return (
        rows.select_related("organization__country", "admin_unit", "broker", *beside)
        .defer("admin_unit__boundary", "organization__country__boundary", "broker__territory")
        .prefetch_related(
            "classifications",
            "reach_units",
            "texts",
            "files",
            "ipr_records" if is_offer else "items",
        )
    )


def organization_page_rows(rows: QuerySet[Organization], day: dt.date) -> QuerySet[Organization]:
    """Bring along what the page of one organization shows on a day."""
    sites = Site.objects.select_related("city", "admin_unit").defer("admin_unit__boundary")
    activities = OrganizationActivity.objects.select_related("classification")
    held = Certificate.objects.valid_on(day).select_related("standard")
    clusters = Affiliation.objects.confirmed().select_related("cluster").defer("cluster__territory")
    return (
        rows.select_related("country", *RECORDS)
        .defer("country__boundary")
        .prefetch_related(
            "identifiers",
            "field_visibilities",
            Prefetch("sites", sites),
            Prefetch("activity_records", activities),
            Prefetch("certificates", held, to_attr="valid_certificates"),
            Prefetch("affiliations", clusters, to_attr="confirmed_affiliations"),
        )
    )


def organizations_meant(
    rows: QuerySet[Organization], *, text: str, public_id: UUID | None
) -> Organization | None:
    """Return the organization of an address or of a number typed whole, if just one is meant."""
    if public_id is not None:
        return rows.filter(public_id=public_id).first()
    found = list(rows.filter(pk__in=_holders_of(text)).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def find_organizations(rows: QuerySet[Organization], query: str) -> list[Organization]:
    """Return a few organizations that a number typed whole means, or whose name is alike."""
    if holders := _holders_of(query):
        return list(directory_rows(rows.filter(pk__in=holders).order_by("pk")[:OPTIONS]))
    typed = " ".join(fold(query).split())
    if len(typed) < MIN_LETTERS:
        return []
    alike = rows.alias(words=NAMES).filter(_all_words("words", search_terms(typed)))
    likeness = TrigramWordSimilarity(typed, Fold("legal_name", "trade_name", "acronym"))
    return list(directory_rows(alike.order_by(likeness.desc(), SHOWN_NAME, "pk")[:OPTIONS]))

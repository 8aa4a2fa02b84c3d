"""What lists of organizations, offers and needs can be asked; pages and API ask the same way."""

import datetime as dt
from collections.abc import Collection
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from clusters.catalog import certificate_standards, classifications, countries, divisions
from clusters.models import (
    AdminUnit,
    CertificateStandard,
    City,
    Classification,
    Cluster,
    Scheme,
)
from clusters.policies import visible_clusters
from firms import catalog, directory
from firms.fields import BoxFilter, CityFilter
from firms.filter_base import ListFilters, WordsFilter
from firms.models import (
    DirectoryEntry,
    FieldGroup,
    ListingQuerySet,
    Need,
    Offer,
    OfferKind,
    Organization,
    OrganizationKind,
    SizeClass,
    Urgency,
    Verification,
)
from firms.models.words import Nearness
from firms.paging import Order
from firms.policies import (
    showing,
    visible_entries,
    visible_needs,
    visible_offers,
    visible_tallies,
)

NEAR_KM = 50
_Entries = QuerySet[DirectoryEntry]
DISTANCES = [(str(km), f"{km} km") for km in (10, 25, 50, 100, 250)]
STANDS = {Verification.VERIFIED: "1", Verification.CLAIMED: "2", Verification.LISTED: "3"}
TAGS = {
    "kind": "k",
    "country": "c",
    "region": "r",
    "activity": "a",
    "size": "z",
    "verification": "v",
}


def _clusters(request: Any) -> QuerySet[Cluster]:
    return visible_clusters(request.user)


class OrganizationFilter(ListFilters):
    """Conditions on organizations."""

    q = WordsFilter(method="by_words")
    near = CityFilter(label=_("Cerca de"), method="by_near")
    km = django_filters.ChoiceFilter(
        label=_("A menos de"), choices=DISTANCES, method="unchanged", empty_label="50 km"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"),
        choices=OrganizationKind.choices,
        method="by_tag",
        empty_label=_("Cualquiera"),
    )
    country = django_filters.ModelChoiceFilter(
        label=_("País"),
        queryset=lambda _request: countries(),
        to_field_name="code",
        method="by_tag",
        empty_label=_("Todos"),
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Región"),
        queryset=lambda _request: divisions(),
        to_field_name="code",
        method="by_tag",
        empty_label=_("Todas"),
    )
    activity = django_filters.ModelChoiceFilter(
        label=_("Actividad"),
        queryset=lambda _request: classifications(Scheme.ISIC4),
        to_field_name="code",
        method="by_tag",
        empty_label=_("Todas"),
    )
    product = django_filters.ModelChoiceFilter(
        label=_("Qué ofrece"),
        queryset=lambda _request: classifications(Scheme.CPV2008),
        to_field_name="code",
        method="by_product",
        empty_label=_("Todo"),
    )
    cluster = django_filters.ModelChoiceFilter(
        label=_("Clúster"),
        queryset=_clusters,
        to_field_name="slug",
        method="by_cluster",
        empty_label=_("Todos"),
    )
    certificate = django_filters.ModelChoiceFilter(
        label=_("Certificado vigente"),
        queryset=lambda _request: certificate_standards(),
        to_field_name="code",
        method="by_certificate",
        empty_label=_("Cualquiera"),
    )
    size = django_filters.MultipleChoiceFilter(
        method="by_tag",
        label=_("Tamaño"),
        choices=SizeClass.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    verification = django_filters.ChoiceFilter(
        label=_("Verificación"),
        choices=Verification.choices,
        method="by_tag",
        empty_label=_("Cualquiera"),
    )
    has_offer = django_filters.BooleanFilter(
        label=_("Con ofertas abiertas"), method="by_offer", widget=forms.CheckboxInput
    )
    has_need = django_filters.BooleanFilter(
        label=_("Con necesidades abiertas"), method="by_need", widget=forms.CheckboxInput
    )
    beneficiary = django_filters.BooleanFilter(
        label=_("Apoyada por un programa"), method="by_support", widget=forms.CheckboxInput
    )
    fresh = django_filters.BooleanFilter(
        label=_("Confirmada en los últimos 12 meses"),
        method="by_freshness",
        widget=forms.CheckboxInput,
    )
    bbox = BoxFilter(method="by_box")
    sort = django_filters.ChoiceFilter(
        label=_("Orden"),
        choices=[
            ("name", _("Por nombre")),
            ("new", _("Las más nuevas")),
            ("near", _("Las más cercanas")),
        ],
        empty_label=_("Según lo que busca"),
        method="unchanged",
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def searched(self, *, besides: Collection[str] = ()) -> QuerySet[DirectoryEntry]:
        """Return the entries found: all that a search asks stands in them."""
        return self._narrow(visible_entries(self.actor).fresh_on(self.today), besides)

    def narrowed(self, *, besides: Collection[str] = ()) -> QuerySet[Organization]:
        """Keep the organizations whose entries are found."""
        found = self.searched(besides=besides).order_by().values("pk")
        rows: QuerySet[Organization] = self.queryset.filter(pk__in=found)
        return rows

    def filter_queryset(self, queryset: QuerySet[Organization]) -> QuerySet[Organization]:
        """Apply the conditions, then the order."""
        return self._order("entry__", is_large=False).sorted(self.narrowed())

    def order(self, *, is_large: bool) -> Order:
        """Return how they are sorted: by words, place, name or age, else by standing."""
        return self._order("", is_large=is_large)

    def _order(self, path: str, *, is_large: bool) -> Order:
        wish = self.form.cleaned_data.get("sort")
        near = self.form.cleaned_data.get("near")
        if wish == "new":
            return Order("new", F(f"{path}created_at"), is_descending=True)
        if near and (wish == "near" or not (wish or self.words())):
            return Order("near", Nearness(F(f"{path}places"), directory.near_point(near)))
        if self.words() and wish != "name" and not is_large:
            rank = SearchRank(F(f"{path}document"), self.reading.query)
            return Order("rank", Cast(rank, FloatField()), is_descending=True)
        if wish == "name":
            return Order("name", F(f"{path}sort_name"))
        return Order("standing", F(f"{path}standing"))

    @property
    def is_whole(self) -> bool:
        """Whether only facets narrow the directory: their counts are kept ready."""
        return not self.active.keys() - directory.FACETS.keys()

    def facets(self) -> directory.Facets:
        """Count what each kind, country, size and state would leave."""
        values = {name: self.form.cleaned_data.get(name) for name in directory.FACETS}
        chosen = {name: _codes(value) for name, value in values.items()}
        whole = visible_tallies(self.actor) if self.is_whole else None
        rows = self.searched(besides=directory.FACETS)
        return directory.facets(rows, chosen=chosen, whole=whole)

    def by_tag(self, rows: _Entries, name: str, value: Any) -> _Entries:
        """Keep those that carry the value as a tag."""
        if name == "verification":  # sorted so: an index begins where these do
            rows = rows.filter(standing__startswith=STANDS[value])
        return directory.tagged(rows, *(f"{TAGS[name]}:{code}" for code in _codes(value)))

    def by_near(self, rows: _Entries, _: str, city: City) -> _Entries:
        """Keep those within the distance asked for of a city."""
        return directory.within(rows, city, int(self.form.cleaned_data.get("km") or NEAR_KM))

    def by_box(self, rows: _Entries, _: str, box: Any) -> _Entries:
        """Keep those that the map shows."""
        return directory.inside(rows, box)

    def by_support(
        self, rows: QuerySet[Organization], _: str, wanted: bool
    ) -> QuerySet[Organization]:
        """Keep those that a program has supported."""
        return catalog.supported(rows) if wanted else rows

    def by_freshness(self, rows: _Entries, _: str, wanted: bool) -> _Entries:
        """Keep those that were confirmed within a year."""
        since = self.today - dt.timedelta(days=365)
        return rows.filter(last_confirmed_on__gte=since) if wanted else rows

    def by_words(self, rows: _Entries, _: str, q: str) -> _Entries:
        """Keep those that the words name, or that offer what they say."""
        return rows.filter(self._asked)

    @cached_property
    def _asked(self) -> Q:
        """The condition of the words, worked out once however often rows are narrowed."""
        offers = self._open_offers() if self.actor.is_authenticated else None
        return catalog.asked_for(self.form.cleaned_data["q"], offers, path="")

    def by_product(self, rows: _Entries, _: str, product: Classification) -> _Entries:
        """Keep those that offer it openly."""
        return catalog.offering(rows, product, self._open_offers())

    def by_cluster(self, rows: _Entries, _: str, cluster: Cluster) -> _Entries:
        """Keep the cluster's confirmed members."""
        return directory.tagged(rows, f"g:{cluster.pk}")

    def by_certificate(self, rows: _Entries, _: str, standard: CertificateStandard) -> _Entries:
        """Keep those that hold it today."""
        told = showing(self.actor, FieldGroup.CERTIFICATES)
        return catalog.holding(rows, standard, self.today, told)

    def by_offer(self, rows: _Entries, _: str, wanted: bool) -> _Entries:
        """Keep those with an open offer that the reader may see."""
        offers = self._open_offers().order_by()
        return rows.filter(pk__in=offers.values("organization")) if wanted else rows

    def by_need(self, rows: _Entries, _: str, wanted: bool) -> _Entries:
        """Keep those with an open need that the reader may see."""
        needs = visible_needs(self.actor).open_on(self.today).signed().order_by()
        return rows.filter(pk__in=needs.values("organization")) if wanted else rows

    def _open_offers(self) -> ListingQuerySet[Offer]:
        return visible_offers(self.actor).open_on(self.today).signed()


class _ListingFilter(ListFilters):
    """Conditions on offers and needs alike."""

    q = WordsFilter(method="by_words")
    country = django_filters.ModelChoiceFilter(
        label=_("País"),
        queryset=lambda _request: countries(),
        to_field_name="code",
        method="by_country",
        empty_label=_("Todos"),
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Región"),
        queryset=lambda _request: divisions(),
        to_field_name="code",
        field_name="admin_unit",
        empty_label=_("Todas"),
    )
    classification = django_filters.ModelChoiceFilter(
        label=_("De qué se trata"),
        queryset=lambda _request: classifications(Scheme.CPV2008),
        to_field_name="code",
        method="by_classification",
        empty_label=_("Todo"),
    )
    cluster = django_filters.ModelChoiceFilter(
        label=_("Clúster"),
        queryset=_clusters,
        to_field_name="slug",
        method="by_cluster",
        empty_label=_("Todos"),
    )
    sort = django_filters.ChoiceFilter(
        label=_("Orden"),
        choices=[("new", _("Las más nuevas")), ("closing", _("Las que cierran antes"))],
        empty_label=_("Según lo que busca"),
        method="unchanged",
    )

    def order(self, *, is_large: bool) -> Order:
        """Return how listings are sorted: by words or closing day, else the newest first."""
        wish = self.form.cleaned_data.get("sort")
        if wish == "closing":
            return Order("closing", F("valid_until"))
        if self.words() and wish != "new" and not is_large:
            rank = SearchRank(catalog.LISTING_WORDS, self.reading.query)
            return Order("rank", Cast(rank, FloatField()), is_descending=True)
        return Order("new", F("published_at"), is_descending=True)

    def by_words(self, rows: ListingQuerySet[Any], _: str, q: str) -> ListingQuerySet[Any]:
        """Keep those whose title or summary say it."""
        return catalog.search_listings(rows, q)

    def by_country(
        self, rows: ListingQuerySet[Any], _: str, country: AdminUnit
    ) -> ListingQuerySet[Any]:
        """Keep those placed in the country."""
        return rows.filter(admin_unit__country_code=country.country_code)

    def by_classification(
        self, rows: ListingQuerySet[Any], _: str, entry: Classification
    ) -> ListingQuerySet[Any]:
        """Keep those classified there or below."""
        return catalog.classified(rows, entry)

    def by_cluster(
        self, rows: ListingQuerySet[Any], _: str, cluster: Cluster
    ) -> ListingQuerySet[Any]:
        """Keep those of the cluster's confirmed members."""
        return catalog.listings_of_members(rows.signed(), cluster)


class OfferFilter(_ListingFilter):
    """Conditions on offers."""

    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), choices=OfferKind.choices, empty_label=_("Cualquiera")
    )

    class Meta:
        model = Offer
        fields: list[str] = []


class NeedFilter(_ListingFilter):
    """Conditions on needs."""

    urgency = django_filters.ChoiceFilter(
        label=_("Urgencia"), choices=Urgency.choices, empty_label=_("Cualquiera")
    )

    class Meta:
        model = Need
        fields: list[str] = []


def _codes(value: Any) -> list[str]:
    """Return what was chosen as the codes that tags and facets carry."""
    many = value if isinstance(value, list) else [value] if value else []
    return [str(getattr(each, "code", each)) for each in many]

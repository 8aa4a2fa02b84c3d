"""What lists of organizations, offers and needs can be asked; pages and API ask the same way."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.catalog import certificate_standards, classifications, countries, divisions
from clusters.models import (
    AdminUnit,
    CertificateStandard,
    Classification,
    Cluster,
    Scheme,
    search_terms,
)
from clusters.policies import visible_clusters
from firms import catalog
from firms.models import (
    FieldGroup,
    ListingQuerySet,
    Need,
    Offer,
    OfferKind,
    Organization,
    OrganizationKind,
    SizeClass,
    Urgency,
)
from firms.policies import Actor, organizations_showing, visible_needs, visible_offers

MAX_QUERY = 200


def _clusters(request: Any) -> QuerySet[Cluster]:
    return visible_clusters(request.user)


class _Words(django_filters.CharFilter):
    """A search box of at most 200 signs."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(label=_("Palabras"), max_length=MAX_QUERY, widget=box, **kwargs)


class _Filters(django_filters.FilterSet):
    """What the three lists share: who asks, the day, and sorting last."""

    @property
    def actor(self) -> Actor:
        """Return who asks."""
        actor: Actor = self.request.user
        return actor

    @property
    def today(self) -> dt.date:
        """Return the day that "open" and "valid" mean."""
        return timezone.now().date()

    @property
    def active_count(self) -> int:
        """Return how many conditions act, besides the words and the order."""
        values = getattr(self.form, "cleaned_data", {})
        return sum(1 for name, value in values.items() if value and name not in {"q", "sort"})

    def words(self) -> str:
        """Return what is searched, empty when it holds no word."""
        q = str(self.form.cleaned_data.get("q") or "")
        return q if search_terms(q) else ""


class OrganizationFilter(_Filters):
    """Conditions on organizations."""

    q = _Words(method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), choices=OrganizationKind.choices, empty_label=_("Cualquiera")
    )
    country = django_filters.ModelChoiceFilter(
        label=_("País"),
        queryset=lambda _request: countries(),
        to_field_name="code",
        empty_label=_("Todos"),
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Región"),
        queryset=lambda _request: divisions(),
        to_field_name="code",
        method="by_region",
        empty_label=_("Todas"),
    )
    activity = django_filters.ModelChoiceFilter(
        label=_("Actividad"),
        queryset=lambda _request: classifications(Scheme.ISIC4),
        to_field_name="code",
        method="by_activity",
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
        field_name="size_class",
        label=_("Tamaño"),
        choices=SizeClass.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    has_offer = django_filters.BooleanFilter(
        label=_("Con ofertas abiertas"), method="by_offer", widget=forms.CheckboxInput
    )
    has_need = django_filters.BooleanFilter(
        label=_("Con necesidades abiertas"), method="by_need", widget=forms.CheckboxInput
    )
    sort = django_filters.ChoiceFilter(
        label=_("Orden"),
        choices=[("name", _("Por nombre")), ("new", _("Las más nuevas"))],
        empty_label=_("Según lo que busca"),
        method="unchanged",
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Organization]) -> QuerySet[Organization]:
        """Apply the conditions, then the order; the order is always total."""
        rows: QuerySet[Organization] = super().filter_queryset(queryset)
        order = self.form.cleaned_data.get("sort")
        if order == "new":
            return rows.order_by("-created_at", "-pk")
        if self.words() and order != "name":
            return catalog.nearest_name(rows, self.words())
        return rows.order_by(catalog.SHOWN_NAME, "pk")

    def unchanged(self, rows: QuerySet[Organization], *_: object) -> QuerySet[Organization]:
        """Leave the rows alone: sorting comes last."""
        return rows

    def by_words(self, rows: QuerySet[Organization], _: str, q: str) -> QuerySet[Organization]:
        """Keep those that the words name, or that offer what they say."""
        return catalog.search_organizations(rows, q, self._open_offers())

    def by_region(
        self, rows: QuerySet[Organization], _: str, region: AdminUnit
    ) -> QuerySet[Organization]:
        """Keep those with a site in the region."""
        return catalog.located_in(rows, region.code)

    def by_activity(
        self, rows: QuerySet[Organization], _: str, activity: Classification
    ) -> QuerySet[Organization]:
        """Keep those that do it."""
        return catalog.doing(rows, activity)

    def by_product(
        self, rows: QuerySet[Organization], _: str, product: Classification
    ) -> QuerySet[Organization]:
        """Keep those that offer it openly."""
        return catalog.offering(rows, product, self._open_offers())

    def by_cluster(
        self, rows: QuerySet[Organization], _: str, cluster: Cluster
    ) -> QuerySet[Organization]:
        """Keep the cluster's confirmed members."""
        return catalog.members_of(rows, cluster)

    def by_certificate(
        self, rows: QuerySet[Organization], _: str, standard: CertificateStandard
    ) -> QuerySet[Organization]:
        """Keep those that hold it today."""
        showing = organizations_showing(self.actor, FieldGroup.CERTIFICATES)
        return catalog.holding(rows, standard, self.today, showing)

    def by_offer(
        self, rows: QuerySet[Organization], _: str, wanted: bool
    ) -> QuerySet[Organization]:
        """Keep those with an open offer that the reader may see."""
        offers = self._open_offers().order_by()
        return rows.filter(pk__in=offers.values("organization")) if wanted else rows

    def by_need(self, rows: QuerySet[Organization], _: str, wanted: bool) -> QuerySet[Organization]:
        """Keep those with an open need that the reader may see."""
        needs = visible_needs(self.actor).open_on(self.today).order_by()
        return rows.filter(pk__in=needs.values("organization")) if wanted else rows

    def _open_offers(self) -> ListingQuerySet[Offer]:
        return visible_offers(self.actor).open_on(self.today)


class _ListingFilter(_Filters):
    """Conditions on offers and needs alike."""

    q = _Words(method="by_words")
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

    def filter_queryset(self, queryset: ListingQuerySet[Any]) -> ListingQuerySet[Any]:
        """Apply the conditions, then the order; the order is always total."""
        rows: ListingQuerySet[Any] = super().filter_queryset(queryset)
        order = self.form.cleaned_data.get("sort")
        if order == "closing":
            return rows.order_by("valid_until", "pk")
        if self.words() and order != "new":
            return catalog.nearest_title(rows, self.words())
        return rows.order_by("-published_at", "-pk")

    def unchanged(self, rows: ListingQuerySet[Any], *_: object) -> ListingQuerySet[Any]:
        """Leave the rows alone: sorting comes last."""
        return rows

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
        return catalog.listings_of_members(rows, cluster)


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


def choose_among(form: forms.Form, country_code: str) -> None:
    """Offer a person short lists: the country's regions, broad activities and kinds of product.

    What the address asks for stays valid whatever the lists show; this is for the eye.
    """
    _shorten(form, "region", divisions(country_code) if country_code else divisions()[:0])
    _shorten(form, "activity", classifications(Scheme.ISIC4).filter(level=1))
    for name in ("product", "classification"):
        _shorten(form, name, classifications(Scheme.CPV2008).filter(level=1))


def _shorten(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields.get(name)
    if not isinstance(field, forms.ModelChoiceField):
        return
    chosen = form.data.get(name)
    every = field.queryset
    options = [(row.code, row.label) for row in rows]
    if every is not None and chosen and chosen not in dict(options):
        options += [(row.code, row.label) for row in every.filter(code=chosen)]
    field.widget.choices = [("", field.empty_label), *options]

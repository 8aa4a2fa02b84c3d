"""What lists of clusters can be asked; the page and the API ask the same way."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.catalog import clusters_named, countries, sectors_of_clusters
from clusters.models import Cluster


class ClusterFilter(django_filters.FilterSet):
    """Conditions on clusters."""

    q = django_filters.CharFilter(
        label=_("Palabras"),
        max_length=200,
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    country = django_filters.ModelChoiceFilter(
        label=_("País"),
        queryset=lambda _request: countries().filter(clusters_of_country__isnull=False).distinct(),
        to_field_name="code",
        empty_label=_("Todos"),
    )
    sector = django_filters.ModelChoiceFilter(
        field_name="sectors",
        label=_("Sector"),
        queryset=lambda _request: sectors_of_clusters(),
        to_field_name="code",
        empty_label=_("Todos"),
    )

    class Meta:
        model = Cluster
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Cluster], _name: str, q: str) -> QuerySet[Cluster]:
        """Keep those whose name or summary holds the words."""
        return clusters_named(rows, q)

    def filter_queryset(self, queryset: QuerySet[Cluster]) -> QuerySet[Cluster]:
        """Apply the conditions; the order is by name, and total."""
        rows: QuerySet[Cluster] = super().filter_queryset(queryset)
        return rows.order_by("label_es", "pk")

    @property
    def active_count(self) -> int:
        """Return how many conditions act, besides the words."""
        values = getattr(self.form, "cleaned_data", {})
        return sum(1 for name, value in values.items() if value and name != "q")

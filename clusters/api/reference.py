"""Places, classifications and certificate standards in the API."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clusters import catalog
from clusters.models import AdminUnit, CertificateStandard, City, Classification, Scheme
from common.api.geometry import EXACT_DECIMALS, PointField
from common.api.pagination import BestFirst
from common.api.queries import SearchField
from common.api.serializers import Labels, StrictModelSerializer, StrictSerializer
from common.api.views import ListOf, OneOf


class CountrySerializer(StrictModelSerializer[AdminUnit]):
    """A country by its ISO 3166-1 code."""

    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)
    center = PointField(decimals=EXACT_DECIMALS)

    class Meta:
        model = AdminUnit
        fields: ClassVar = ["code", "name", "names", "center"]
        read_only_fields = fields


class DivisionSerializer(CountrySerializer):
    """A first-level division by its ISO 3166-2 code."""

    country = serializers.CharField(source="country_code", read_only=True)

    class Meta(CountrySerializer.Meta):
        fields: ClassVar = ["code", "country", "name", "names", "center"]
        read_only_fields = fields


class CitySerializer(StrictModelSerializer[City]):
    """A populated place of GeoNames."""

    country = serializers.CharField(source="country.code", read_only=True)
    admin_unit = serializers.CharField(source="admin_unit.code", read_only=True, allow_null=True)
    point = PointField(decimals=EXACT_DECIMALS)

    class Meta:
        model = City
        fields: ClassVar = [
            "geonames_id", "name", "country", "admin_unit", "point", "population", "timezone",
        ]  # fmt: skip
        read_only_fields = fields


class ClassificationSerializer(StrictModelSerializer[Classification]):
    """An entry of a scheme; ``path`` lists the codes from the root to it."""

    parent_code = serializers.CharField(source="parent.code", read_only=True, allow_null=True)
    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)

    class Meta:
        model = Classification
        fields: ClassVar = ["scheme", "code", "level", "parent_code", "path", "name", "names"]
        read_only_fields = fields


class StandardSerializer(StrictModelSerializer[CertificateStandard]):
    """A certificate that organizations hold."""

    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)

    class Meta:
        model = CertificateStandard
        fields: ClassVar = ["code", "family", "name", "names"]
        read_only_fields = fields


class DivisionQuery(StrictSerializer):
    """Which divisions."""

    country = serializers.CharField(required=False, max_length=2, help_text=_("Código ISO 3166-1."))


class CityQuery(DivisionQuery):
    """Which cities: what someone typed, and in which country."""

    q = SearchField(required=False, help_text=_("El comienzo del nombre, o algo parecido."))


class ClassificationQuery(StrictSerializer):
    """Which entries: of a scheme, at a level, right under a parent."""

    scheme = serializers.ChoiceField(choices=Scheme.choices, required=False)
    level = serializers.IntegerField(required=False, min_value=1, max_value=10)
    parent_code = serializers.CharField(
        required=False, max_length=12, help_text=_("Código de la entrada superior.")
    )


class ClassificationSearchQuery(StrictSerializer):
    """What to look for among the entries."""

    q = SearchField(help_text=_("Palabras del nombre, o el comienzo de un código."))
    scheme = serializers.ChoiceField(choices=Scheme.choices, required=False)


class Countries(ListOf[AdminUnit]):
    """Countries that the platform knows."""

    summary = _("Países")
    serializer_class = CountrySerializer
    cursor_ordering = "code"

    def get_queryset(self) -> QuerySet[AdminUnit]:
        """Return them all."""
        return catalog.countries()


class Divisions(ListOf[AdminUnit]):
    """First-level divisions: regions, states, departments, provinces."""

    summary = _("Divisiones de primer nivel: regiones, estados, departamentos")
    serializer_class = DivisionSerializer
    query_serializer = DivisionQuery
    cursor_ordering = "code"

    def get_queryset(self) -> QuerySet[AdminUnit]:
        """Return those of a country, or all."""
        rows = catalog.divisions()
        country = self.query.get("country")
        return rows.filter(country_code=country.upper()) if country else rows


class Cities(ListOf[City]):
    """Cities, the most populated first."""

    summary = _("Ciudades, de la más poblada a la menos")
    serializer_class = CitySerializer
    query_serializer = CityQuery
    cursor_ordering = ("-population", "geonames_id")

    def get_queryset(self) -> QuerySet[City]:
        """Return those that resemble what was typed."""
        rows = catalog.cities()
        if country := self.query.get("country"):
            rows = rows.filter(country__code=country.upper())
        typed = self.query.get("q")
        return catalog.cities_like(typed, rows=rows) if typed else rows


class Classifications(ListOf[Classification]):
    """Activities (ISIC Rev. 4) and products (CPV 2008, HS) as trees."""

    summary = _("Actividades (CIIU) y productos (CPV, SA) como árboles")
    serializer_class = ClassificationSerializer
    query_serializer = ClassificationQuery
    cursor_ordering = ("code", "scheme")

    def get_queryset(self) -> QuerySet[Classification]:
        """Return those of a scheme, a level, a parent."""
        rows = catalog.classifications()
        names = {"scheme": "scheme", "level": "level", "parent_code": "parent__code"}
        chosen = {names[key]: value for key, value in self.query.items()}
        return rows.filter(**chosen)


class ClassificationSearch(ListOf[Classification]):
    """The entries that best answer some words."""

    summary = _("Entradas que mejor responden a unas palabras")
    serializer_class = ClassificationSerializer
    query_serializer = ClassificationSearchQuery
    pagination_class = BestFirst

    def get_queryset(self) -> QuerySet[Classification]:
        """Return the best ones first."""
        rows = catalog.classifications()
        if scheme := self.query.get("scheme"):
            rows = rows.filter(scheme=scheme)
        return catalog.classifications_like(self.query.get("q", ""), rows=rows)


class ClassificationEntry(OneOf[Classification]):
    """One entry of a scheme."""

    summary = _("Una entrada de un esquema")
    serializer_class = ClassificationSerializer

    def get_object(self) -> Classification:
        """Find it by scheme and code."""
        rows = catalog.classifications()
        found = rows.filter(scheme=self.kwargs["scheme"], code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found


class Standards(ListOf[CertificateStandard]):
    """Certificates that organizations hold."""

    summary = _("Certificados que tienen las organizaciones")
    serializer_class = StandardSerializer
    cursor_ordering = "code"

    def get_queryset(self) -> QuerySet[CertificateStandard]:
        """Return them all."""
        return catalog.certificate_standards()

"""Reference data that anyone may read: places, classifications, certificate standards.

Nothing here belongs to anyone, so there is no policy to ask; pages, forms and API take these sets.
"""

from collections.abc import Iterable, Sequence

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from clusters.models import (
    AdminUnit,
    CertificateStandard,
    City,
    Classification,
    Cluster,
    ClusterStatus,
    Fold,
    Scheme,
    fold,
    search_terms,
)
from common.i18n import LABEL_LANGUAGES, label_language

COUNTRY, DIVISION = 0, 1
ACTIVITY_SCHEMES = (Scheme.ISIC4,)
LISTING_SCHEMES = (Scheme.CPV2008, Scheme.ISIC4, Scheme.HS)

OPTIONS = 12
MIN_LETTERS = 2
KEY_SEPARATOR = ":"
NEAR_METERS = 60_000
LABELS = Fold("label_es", "label_pt", "label_en")


def _units(level: int) -> QuerySet[AdminUnit]:
    """Return divisions of a level without their outlines, by name in the reader's language."""
    shown = Coalesce(NullIf(f"label_{label_language()}", Value("")), "label_es")
    return AdminUnit.objects.filter(level=level).defer("boundary").order_by(shown, "code")


def countries() -> QuerySet[AdminUnit]:
    """Return the countries that the platform knows, by name in the reader's language."""
    return _units(COUNTRY)


def divisions(country_code: str = "") -> QuerySet[AdminUnit]:
    """Return the first-level divisions, of one country when it is named, by name."""
    rows = _units(DIVISION)
    return rows.filter(country_code=country_code) if country_code else rows


def territories() -> QuerySet[AdminUnit]:
    """Return countries and their divisions, each country before its own."""
    rows = AdminUnit.objects.filter(level__lte=DIVISION).defer("boundary")
    return rows.order_by("country_code", "level", "label_es", "pk")


def certificate_standards() -> QuerySet[CertificateStandard]:
    """Return the standards that organizations are certified against, by family and code."""
    return CertificateStandard.objects.order_by("family", "code")


def clusters_named(rows: QuerySet[Cluster], query: str) -> QuerySet[Cluster]:
    """Keep the clusters whose names and summaries hold every word, small slips forgiven."""
    words = Fold(*(f"{part}_{code}" for part in ("label", "summary") for code in LABEL_LANGUAGES))
    rows = rows.alias(words=words)
    for term in search_terms(query):
        rows = rows.filter(words__trigram_word_similar=term)
    return rows


def sectors_of_clusters() -> QuerySet[Classification]:
    """Return the activities that some cluster names as its sector."""
    rows = Classification.objects.filter(scheme=Scheme.ISIC4, clusters__isnull=False)
    return rows.order_by("code", "pk").distinct()


def open_clusters() -> QuerySet[Cluster]:
    """Return the clusters that organizations may join, by name."""
    rows = Cluster.objects.exclude(status=ClusterStatus.CLOSED).defer("territory")
    return rows.order_by("label_es", "pk")


def admin_units() -> QuerySet[AdminUnit]:
    """Return countries and their divisions."""
    return AdminUnit.objects.all()


def cities() -> QuerySet[City]:
    """Return the cities that people type as their place, with division and country."""
    return City.objects.select_related("admin_unit", "country").defer(
        "admin_unit__boundary", "country__boundary"
    )


def city_named(name: str, admin_unit: AdminUnit) -> City | None:
    """Return the city of a name in a division, the largest of namesakes."""
    rows = cities().filter(name=name).filter(Q(admin_unit=admin_unit) | Q(country=admin_unit))
    return rows.order_by("-population", "pk").first()


def city_near(point: Point) -> City | None:
    """Return the city nearest to a point, none if all are more than 60 km away."""
    around = cities().filter(point__dwithin=(point, NEAR_METERS))
    return around.order_by(Distance("point", point), "pk").first()


def unit_at(point: Point) -> AdminUnit | None:
    """Return the narrowest division whose outline holds a point."""
    holding = AdminUnit.objects.filter(boundary__intersects=point).defer("boundary")
    return holding.order_by("-level", "pk").first()


def cities_like(text: str, *, rows: QuerySet[City] | None = None) -> QuerySet[City]:
    """Return cities whose name begins with or resembles what was typed, the largest first."""
    typed = " ".join(fold(text).split())
    rows = cities() if rows is None else rows
    begins = Q(search_name__startswith=typed)
    alike = Q(search_name__trigram_similar=typed) if len(typed) > MIN_LETTERS else Q()
    return rows.filter(begins | alike)


def find_cities(query: str, near: str = "") -> list[City]:
    """Return a few cities that begin as typed, else a few that look like it.

    Those of the country named by ``near`` come first, then the larger ones.
    """
    typed = " ".join(fold(query).split())
    if len(typed) < MIN_LETTERS:
        return []
    at_home = Case(When(country__country_code=near, then=0), default=1)
    begin = cities().filter(search_name__startswith=typed)
    if found := list(begin.order_by(at_home, "-population", "pk")[:OPTIONS]):
        return found
    likeness = TrigramWordSimilarity(typed, "search_name")
    alike = cities().filter(search_name__trigram_word_similar=typed)
    return list(alike.order_by(likeness.desc(), at_home, "-population", "pk")[:OPTIONS])


def classifications(scheme: str = "") -> QuerySet[Classification]:
    """Return the entries of all schemes, or of one, with their parents."""
    rows = Classification.objects.select_related("parent")
    return rows.filter(scheme=scheme).order_by("code", "pk") if scheme else rows


def classifications_like(
    text: str, *, rows: QuerySet[Classification] | None = None
) -> QuerySet[Classification]:
    """Return entries whose code begins with the text or whose label resembles it, best first."""
    rows = classifications() if rows is None else rows
    typed = text.strip()
    if typed[:1].isdigit():
        return rows.filter(code__startswith=typed).order_by("scheme", "code")
    rows = rows.alias(words=LABELS)
    for term in search_terms(typed):
        rows = rows.filter(words__trigram_word_similar=term)
    label, typed = Fold(f"label_{label_language()}"), fold(typed)
    # among labels that hold all the words, the one that holds little else
    likeness = (TrigramWordSimilarity(typed, label).desc(), TrigramSimilarity(label, typed).desc())
    return rows.order_by(*likeness, "-level", "scheme", "code")


def find_classifications(query: str, schemes: Iterable[str]) -> list[Classification]:
    """Return a few entries of some schemes that the words or the code name, best first."""
    if len(query.strip()) < MIN_LETTERS:
        return []
    rows = classifications().filter(scheme__in=list(schemes))
    return list(classifications_like(query, rows=rows)[:OPTIONS])


def classification_key(entry: Classification) -> str:
    """Return what a form sends for an entry: scheme:code."""
    return f"{entry.scheme}{KEY_SEPARATOR}{entry.code}"


def classifications_by_key(keys: Sequence[str]) -> list[Classification]:
    """Return the entries that the keys name, in their order; unknown keys give nothing."""
    wanted = Q(pk__in=[])
    for key in keys:
        scheme, _separator, code = key.partition(KEY_SEPARATOR)
        wanted |= Q(scheme=scheme, code=code)
    found = {classification_key(row): row for row in Classification.objects.filter(wanted)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]

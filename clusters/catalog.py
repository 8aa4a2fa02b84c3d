"""Reference data that anyone may read: places, classifications, certificate standards.

Nothing here belongs to anyone, so there is no policy to ask; pages, forms and API take these sets.
"""

import unicodedata

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from clusters.models import AdminUnit, CertificateStandard, City, Classification
from common.i18n import label_language

COUNTRY, DIVISION = 0, 1


def countries() -> QuerySet[AdminUnit]:
    """Return the countries that the platform knows, by name in the reader's language."""
    return AdminUnit.objects.filter(level=COUNTRY).order_by(f"label_{label_language()}", "code")


def divisions() -> QuerySet[AdminUnit]:
    """Return the first-level divisions of all countries, by code."""
    return AdminUnit.objects.filter(level=DIVISION).order_by("code")


def cities() -> QuerySet[City]:
    """Return the cities that people type as their place, with division and country."""
    return City.objects.select_related("admin_unit", "country")


def cities_like(text: str, *, rows: QuerySet[City] | None = None) -> QuerySet[City]:
    """Return cities whose name begins with or resembles what was typed, the largest first."""
    typed = unaccented(text)
    rows = cities() if rows is None else rows
    if len(typed) < 3:
        return rows.filter(search_name__startswith=typed)
    return rows.filter(Q(search_name__startswith=typed) | Q(search_name__trigram_similar=typed))


def unaccented(text: str) -> str:
    """Return text as ``City.search_name`` holds it: lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def classifications() -> QuerySet[Classification]:
    """Return the entries of all schemes, with their parents."""
    return Classification.objects.select_related("parent")


def classifications_like(
    text: str, *, rows: QuerySet[Classification] | None = None
) -> QuerySet[Classification]:
    """Return entries whose code begins with the text or whose label resembles it, best first."""
    rows = classifications() if rows is None else rows
    typed = text.strip()
    if typed[:1].isdigit():
        return rows.filter(code__startswith=typed).order_by("scheme", "code")
    likeness = TrigramWordSimilarity(typed, f"label_{label_language()}")
    return (
        rows.annotate(likeness=likeness)
        .filter(likeness__gte=0.5)
        .order_by("-likeness", "scheme", "code")
    )


def certificate_standards() -> QuerySet[CertificateStandard]:
    """Return the standards that organizations are certified against, by code."""
    return CertificateStandard.objects.all()

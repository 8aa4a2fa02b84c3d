"""What may be chosen when programs and calls are looked for."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusters.models import AdminUnit, CertificateStandard, City, Classification, Scheme
from programs.models import Program


def program_places() -> QuerySet[AdminUnit]:
    """Return the countries and divisions that some published program covers."""
    through = Program.territories.through
    published = Program.objects.published().values("pk")
    here = Q(adminunit=OuterRef("pk")) | Q(adminunit__parent=OuterRef("pk"))
    covered = through.objects.filter(here, program__in=published)
    return AdminUnit.objects.filter(Exists(covered)).order_by("country_code", "level", "code")


def places_of_country(country: AdminUnit) -> QuerySet[AdminUnit]:
    """Return a country and its divisions, the country first."""
    return AdminUnit.objects.filter(country_code=country.country_code).order_by("level", "code")


def time_zone_of(program: Program) -> str:
    """Return the zone of the largest city of the agency's country, or UTC."""
    country = program.agency.country if program.agency else None
    cities = City.objects.filter(country=country).order_by("-population", "pk")
    return cities.values_list("timezone", flat=True).first() or "UTC"


def main_activities() -> QuerySet[Classification]:
    """Return the sections and divisions of the classification of activities, in tree order."""
    return Classification.objects.filter(scheme=Scheme.ISIC4, level__lte=2).order_by("path")


def standards() -> QuerySet[CertificateStandard]:
    """Return the certificates that a condition may ask for."""
    return CertificateStandard.objects.order_by("family", "code")


def no_places() -> QuerySet[AdminUnit]:
    """Return no division: what a form offers until it knows the country."""
    return AdminUnit.objects.none()

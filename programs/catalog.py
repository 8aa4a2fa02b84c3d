"""What may be chosen when programs and calls are looked for."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusters.models import AdminUnit
from programs.models import Program


def program_places() -> QuerySet[AdminUnit]:
    """Return the countries and divisions that some published program covers."""
    through = Program.territories.through
    published = Program.objects.published().values("pk")
    here = Q(adminunit=OuterRef("pk")) | Q(adminunit__parent=OuterRef("pk"))
    covered = through.objects.filter(here, program__in=published)
    return AdminUnit.objects.filter(Exists(covered)).order_by("country_code", "level", "code")

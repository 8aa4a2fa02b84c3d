"""Where an organization's day begins and ends."""

from zoneinfo import ZoneInfo

from clusters.models import City
from firms.models import Organization, Site

FALLBACK = ZoneInfo("UTC")


def zone_of(organization: Organization) -> ZoneInfo:
    """Return the time zone of the main site, else of the largest city of its country, else UTC."""
    sites = Site.objects.filter(organization=organization).exclude(city=None)
    name = sites.order_by("-is_main", "pk").values_list("city__timezone", flat=True).first()
    if name is None:
        cities = City.objects.filter(country=organization.country_id)
        largest = cities.order_by("-population", "pk")
        name = largest.values_list("timezone", flat=True).first()
    return ZoneInfo(name) if name else FALLBACK

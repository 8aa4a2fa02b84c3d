"""The tiles of the directory's map: one set for everyone, one for each person's own view."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from firms.filters import OrganizationFilter
from firms.kinds import KINDS, cleaned
from firms.models import Listed, OrganizationQuerySet, Visibility
from firms.policies import Actor, organizations_of, visible_organizations
from firms.services.directory.tiles import COUNTED_TO, Tile, counted_tile, drawn_tile

TYPE = "application/vnd.mapbox-vector-tile"
COUNTED = {"kind", "verification"}
MAX_AGE_S = 60


@login_not_required
@require_safe
@cache_control(public=True, max_age=MAX_AGE_S)
def public_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Draw what anyone may see, whoever asks: that is why it may be kept by a shared cache."""
    return _tile(request, AnonymousUser(), Tile(z, x, y))


@require_safe
def own_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Draw what the reader may see; their own organizations stand where they really are."""
    return _tile(request, request.user, Tile(z, x, y))


def _tile(request: HttpRequest, actor: Actor, tile: Tile) -> HttpResponse:
    if not tile.is_valid():
        raise Http404
    today = timezone.now().date()
    query = cleaned(request.GET)
    query.pop("bbox", None)  # the tile is its own box
    filters = KINDS[Listed.ORGANIZATIONS].narrow(query, by=actor, today=today)
    if not isinstance(filters, OrganizationFilter) or not filters.is_valid():
        return HttpResponse(status=400)
    return HttpResponse(_content(filters, actor, tile), content_type=TYPE)


def _content(filters: OrganizationFilter, actor: Actor, tile: Tile) -> bytes:
    if tile.z <= COUNTED_TO and not filters.active.keys() - COUNTED:
        audience = [Visibility.PUBLIC.value]
        audience += [Visibility.MEMBERS.value] if actor.is_authenticated else []
        chosen = {name: str(filters.active.get(name, "")) for name in COUNTED}
        return counted_tile(tile, visibility=audience, **chosen)
    return drawn_tile(tile, rows=filters.searched(), exact=_exact(actor))


def _exact(actor: Actor) -> OrganizationQuerySet | None:
    if not actor.is_authenticated:
        return None
    return visible_organizations(actor) if actor.is_staff else organizations_of(actor)

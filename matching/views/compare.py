"""Up to four organizations side by side, for one need, at an address that can be shared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from common.formats import day, kilometers
from firms.models import Offer, PriceModel, Reach
from firms.policies import Actor, visible_needs
from matching.services.compare import certificates_shown
from matching.services.reading import matches_of_need
from matching.services.remembered import with_memory
from matching.views.items import MatchItem, organization_items

MOST = 4


@dataclass(frozen=True)
class Row:
    """One fact, and what it is of each organization; empty where it is not known."""

    label: str
    values: tuple[str, ...]


@login_not_required
@require_safe
def compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the matches that were chosen beside each other; what is no match is left out."""
    rows = visible_needs(request.user).select_related("organization", "admin_unit")
    need = get_object_or_404(rows, public_id=public_id)
    today = timezone.localdate()
    found = matches_of_need(need, actor=request.user, today=today, with_gates=False)
    found = with_memory(found, actor=request.user, today=today)
    asked = list(dict.fromkeys(request.GET.getlist("with")))
    chosen = [m for m in found.ranked if str(m.ranked.best.offer.public_id) in asked][:MOST]
    items = organization_items(chosen, need=need, actor=request.user)
    context = {
        "need": need,
        "items": items,
        "rows": _rows(items, [m.ranked.best.distance_km for m in chosen], request.user, today),
        "is_cut": len(asked) > MOST,
    }
    return render(request, "matching/compare.html", context)


def _rows(
    items: Sequence[MatchItem], distances: Sequence[float | None], actor: Actor, today: dt.date
) -> list[Row]:
    offers = [item.offer for item in items]
    held = certificates_shown(offers, actor=actor, today=today)
    listed = [
        Row(_("Qué ofrece"), tuple(item.listing_title for item in items)),
        Row(_("Quién y dónde"), tuple(item.about for item in items)),
        Row(
            _("Distancia"), tuple(_far(item, km) for item, km in zip(items, distances, strict=True))
        ),
        Row(_("Alcance"), tuple(_reach(offer) for offer in offers)),
        Row(_("Certificados vigentes"), tuple(", ".join(held[o.organization_id]) for o in offers)),
        Row(_("Capacidad"), tuple(offer.capacity for offer in offers)),
        Row(_("Plazo de entrega"), tuple(_lead_time(offer) for offer in offers)),
        Row(_("Pedido mínimo"), tuple(offer.minimum_order for offer in offers)),
        Row(_("Cómo se cobra"), tuple(_price(offer) for offer in offers)),
        Row(_("Publicada"), tuple(_published(offer) for offer in offers)),
    ]
    return [row for row in listed if any(row.values)]


def _far(item: MatchItem, km: float | None) -> str:
    return kilometers(km) if km is not None and item.url else ""


def _reach(offer: Offer) -> str:
    if offer.reach == Reach.RADIUS and offer.reach_km:
        return _("Hasta %(km)s") % {"km": kilometers(offer.reach_km)}
    return str(offer.get_reach_display())


def _lead_time(offer: Offer) -> str:
    days = offer.lead_time_days
    return ngettext("%(n)d día", "%(n)d días", days) % {"n": days} if days else ""


def _price(offer: Offer) -> str:
    return str(PriceModel(offer.price_model).label) if offer.price_model else ""


def _published(offer: Offer) -> str:
    return day(offer.published_at.date(), length="medium") if offer.published_at else ""

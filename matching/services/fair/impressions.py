"""What people were shown, and at which rank: one row a day for each pair, without the reader."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from firms.models import Need, Organization, Verification
from firms.policies import Actor, visible_offers
from matching.models import Impression, Match

MAX_SHOWN = 60


@transaction.atomic
def record_impressions(need: Need, *, offers: Sequence[UUID], actor: Actor, today: dt.date) -> int:
    """Write down the offers that a page showed for a need, in order; return how many it names.

    Only matches of the need that the reader may see count; the rest of a forged list is ignored.
    """
    wanted = list(dict.fromkeys(offers))[:MAX_SHOWN]
    seen = visible_offers(actor).filter(public_id__in=wanted).values("pk")
    rows = Match.objects.filter(need=need, offer__in=seen).select_related("offer")
    matches = {match.offer.public_id: match for match in rows}
    sizes = _sizes({match.offer.organization_id for match in matches.values()})
    shown = [
        Impression(
            need=need,
            offer=match.offer,
            organization_id=match.offer.organization_id,
            shown_on=today,
            rank=rank,
            score=match.score,
            size_class=sizes.get(match.offer.organization_id, ""),
        )
        for rank, public_id in enumerate(wanted, start=1)
        if (match := matches.get(public_id))
    ]
    Impression.objects.bulk_create(shown, ignore_conflicts=True)
    return len(shown)


def _sizes(organizations: set[int]) -> dict[int, str]:
    """Return the declared sizes of those whose identity is verified."""
    rows = Organization.objects.filter(pk__in=organizations, verification=Verification.VERIFIED)
    return dict(rows.values_list("pk", "size_class"))

"""What a reader said and was told about matches, read so that nothing is shown as if it were new.

Kept in `MatchResponse` and `Introduction`, which no computation of matches touches.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from firms.models import Need, Offer
from firms.policies import Actor, organizations_of, visible_needs, visible_offers
from matching.engine.memory import Lowered, Refusal, Traits, lowering
from matching.models import (
    DismissReason,
    Introduction,
    IntroductionStatus,
    MatchAnswer,
    MatchResponse,
)
from matching.services.results import MatchedOrganization, NeedMatches

DECLINED = "declined"
KEPT = 200
SHOWN = 100


@dataclass(frozen=True)
class Memory:
    """What one reader said, by need and organization, and what it lowers elsewhere."""

    said: Mapping[tuple[int, int], MatchResponse] = field(default_factory=dict)
    met: Mapping[tuple[int, int], MatchResponse] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    traits: Mapping[int, Traits] = field(default_factory=dict)

    def about(self, need: Need, organization: int) -> MatchResponse | None:
        """Return the last word about an organization for a need; met before is said once for all.

        An offer that is new, or a need that was computed again, does not ask a second time.
        """
        own = self.said.get((need.pk, organization))
        return own or self.met.get((need.organization_id, organization))

    def lowered(self, need: Need, offer: Offer) -> Lowered | None:
        """Return what lowers an offer for the reader: refusals of other pairs than this one."""
        traits = self.traits.get(offer.pk)
        if traits is None or self.about(need, offer.organization_id):
            return None
        return lowering(traits, self.refusals)


def remember(actor: Actor, *, offers: Iterable[Offer], today: dt.date) -> Memory:
    """Read what a reader said, in four queries, for the offers that are about to be shown."""
    if not actor.is_authenticated:
        return Memory()
    rows = MatchResponse.objects.filter(person=actor).select_related("need", "offer__organization")
    responses = list(rows.order_by("-updated_at", "-pk")[:KEPT])
    shown = {offer.pk: offer for offer in offers}
    put_aside = [row for row in responses if row.answer == MatchAnswer.DISMISSED]
    traits = _traits([*shown.values(), *(row.offer for row in put_aside)])
    refusals = [
        Refusal(row.pk, traits[row.offer_id], row.reason, (today - row.updated_at.date()).days)
        for row in put_aside
    ]
    said: dict[tuple[int, int], MatchResponse] = {}
    met: dict[tuple[int, int], MatchResponse] = {}
    for row in responses:
        key = (row.need_id, row.offer.organization_id)
        if key not in said or said[key].answer == MatchAnswer.SEEN:
            said[key] = row
        if row.reason == DismissReason.KNOWN:
            met.setdefault((row.need.organization_id, row.offer.organization_id), row)
    return Memory(said, met, (*refusals, *_declined(actor, today)), traits)


def with_memory(found: NeedMatches, *, actor: Actor, today: dt.date) -> NeedMatches:
    """Return matches with the reader's last word on each, what is like a refusal a little lower.

    Among the others the order in which they came stays.
    """
    memory = remember(actor, offers=(m.ranked.best.offer for m in found.ranked), today=today)
    told = [
        replace(
            each,
            response=memory.about(found.need, each.ranked.organization.pk) or each.response,
            lowered=memory.lowered(found.need, each.ranked.best.offer),
        )
        for each in found.ranked
    ]
    return replace(found, ranked=tuple(_in_order(told)))


def _in_order(told: list[MatchedOrganization]) -> list[MatchedOrganization]:
    """Put each lowered one behind the last of the others that now scores at least as much."""
    placed = [(float(place), each) for place, each in enumerate(told) if not each.lowered]
    scores = [(place, each.ranked.score) for place, each in placed]
    for place, each in enumerate(told):
        if each.lowered:
            score = each.ranked.score * (1 - each.lowered.share)
            behind = [other for other, theirs in scores if theirs >= score]
            placed.append((max([float(place), *(other + 0.5 for other in behind)]), each))
    return [each for _, each in sorted(placed, key=lambda item: item[0])]


def remembered(actor: Actor) -> list[MatchResponse]:
    """Return what a person saved and put aside, the latest first, as far as it may be seen."""
    seen = Q(need__in=visible_needs(actor).values("pk")) & Q(
        offer__in=visible_offers(actor).values("pk")
    )
    rows = _own(actor).filter(seen).exclude(answer=MatchAnswer.SEEN)
    rows = rows.select_related("need__organization", "offer__organization")
    return list(rows.order_by("-updated_at", "-pk")[:SHOWN])


def _own(actor: Actor) -> QuerySet[MatchResponse]:
    if not actor.is_authenticated:
        return MatchResponse.objects.none()
    return MatchResponse.objects.filter(person=actor)


def _declined(actor: Actor, today: dt.date) -> list[Refusal]:
    """Return the introductions that were not taken, on either side of the reader's organization."""
    own = organizations_of(actor).values("pk")
    rows = Introduction.objects.filter(
        Q(from_organization__in=own) | Q(to_organization__in=own),
        status=IntroductionStatus.DECLINED,
    ).values_list("pk", "from_organization", "to_organization", "answered_at", "asked_at")
    mine = set(organizations_of(actor).values_list("pk", flat=True)) if rows else set()
    return [
        Refusal(
            -pk, Traits(to if by in mine else by), DECLINED, (today - (at or asked).date()).days
        )
        for pk, by, to, at, asked in rows[:KEPT]
    ]


def _traits(offers: Iterable[Offer]) -> dict[int, Traits]:
    listed = {offer.pk: offer for offer in offers}
    through = Offer.classifications.through.objects.filter(offer__in=list(listed))
    products: defaultdict[int, set[int]] = defaultdict(set)
    for offer, entry in through.values_list("offer_id", "classification_id"):
        products[offer].add(entry)
    return {
        pk: Traits(
            offer.organization_id,
            frozenset(products[pk]),
            offer.admin_unit_id,
            offer.organization.size_class,
        )
        for pk, offer in listed.items()
    }

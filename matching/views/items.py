"""Ranked organizations and needs as the match component shows them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from firms.models import Need, Offer, Organization
from firms.policies import Actor, knows_author
from matching.models import DismissReason, MatchAnswer, MatchResponse
from matching.services.remembered import DECLINED
from matching.services.results import (
    Ledger,
    MatchedNeed,
    MatchedOrganization,
    NearMiss,
    RankedOffer,
    RankedOrganization,
)
from matching.shortfalls import Missed
from matching.words import Phrasebook, bars_of, gate_text, relaxation_text


@dataclass(frozen=True)
class MatchItem:
    """One ranked pair, ready to show: who, where, why, and the reader's own answer."""

    rank: int
    name: str
    url: str
    about: str
    listing_title: str
    listing_url: str
    reasons: list[str]
    weakness: str
    rows: list[tuple[str, float | None]]
    need: Need | None
    offer: Offer
    response: MatchResponse | None
    lowered: str = ""

    @property
    def answered_need(self) -> Need | None:
        """The need that the reader's answer was about: this one, or one where they met before."""
        return self.response.need if self.response else self.need

    @property
    def answered_offer(self) -> Offer:
        """The offer that the reader's answer was about, which may be another of theirs."""
        return self.response.offer if self.response else self.offer

    @property
    def is_saved(self) -> bool:
        """Whether the reader keeps it."""
        return self.response is not None and self.response.answer == MatchAnswer.SAVED

    @property
    def is_dismissed(self) -> bool:
        """Whether the reader put it aside."""
        return self.response is not None and self.response.answer == MatchAnswer.DISMISSED


@dataclass(frozen=True)
class GateItem:
    """One step of the ledger: how many were left, and what they have in common."""

    kept: int
    share: float
    text: str


def organization_items(
    matched: Sequence[MatchedOrganization], *, need: Need | None, actor: Actor
) -> list[MatchItem]:
    """Return organizations ranked for a need as items."""
    book = _book((m.ranked.best for m in matched), actor)
    hidden = _unnamed((m.ranked.best.offer for m in matched), actor)
    return [
        _told(_organization_item(rank, m.ranked, m.response, need, book), m, hidden)
        for rank, m in enumerate(matched, start=1)
    ]


def need_items(matched: Sequence[MatchedNeed], *, actor: Actor) -> list[MatchItem]:
    """Return needs that an offer could serve as items."""
    book = _book((m.ranked for m in matched), actor)
    hidden = _unnamed((m.need for m in matched), actor)
    return [
        MatchItem(
            rank=rank,
            name=m.need.title,
            url=reverse("firms:need", args=[m.need.public_id]),
            about=""
            if m.need.pk in hidden
            else _about(m.need.organization, m.need.place_name, m.ranked.distance_km),
            listing_title=m.ranked.offer.title,
            listing_url=reverse("firms:offer", args=[m.ranked.offer.public_id]),
            reasons=book.sentences(m.ranked),
            weakness=book.weakness(m.ranked),
            rows=bars_of(m.ranked),
            need=m.need,
            offer=m.ranked.offer,
            response=m.response,
        )
        for rank, m in enumerate(matched, start=1)
    ]


def gate_items(ledger: Ledger) -> list[GateItem]:
    """Return the steps that removed somebody, the first and the last, and how much each kept."""
    last = len(ledger.steps) - 1
    told = [s for i, s in enumerate(ledger.steps) if s.removed or i in {0, last}]
    first = max((step.kept for step in told), default=0)
    return [GateItem(s.kept, s.kept / first if first else 0.0, gate_text(s)) for s in told]


@dataclass(frozen=True)
class RelaxItem:
    """A condition that keeps somebody out, in words; ``code`` names it when one tap relaxes it."""

    text: str
    code: str


@dataclass(frozen=True)
class NearItem:
    """Somebody who would fit but for one thing, and the thing."""

    name: str
    url: str
    about: str
    lacks: str


def relax_items(ledger: Ledger, *, relaxable: Collection[str]) -> list[RelaxItem]:
    """Return what would let more organizations in, the largest gain first, three at most."""
    best = sorted((r for r in ledger.relaxations if r.gain > 0), key=lambda r: (-r.gain, r.code))
    told = (RelaxItem(relaxation_text(r), r.code if r.code in relaxable else "") for r in best)
    return [item for item in told if item.text][:3]


def near_items(near: Sequence[NearMiss], *, actor: Actor) -> list[NearItem]:
    """Return who would fit but for one thing."""
    missed = Missed.of(near)
    hidden = _unnamed((each.ranked.offer for each in near), actor)
    return [
        _near_item(each, missed.sentence(each), is_named=each.ranked.offer.pk not in hidden)
        for each in near
    ]


def _near_item(miss: NearMiss, lacks: str, *, is_named: bool) -> NearItem:
    offer = miss.ranked.offer
    about = _about(offer.organization, offer.place_name, miss.ranked.distance_km)
    return NearItem(
        name=offer.organization.name if is_named else offer.title,
        url=reverse("firms:offer", args=[offer.public_id]),
        about=about if is_named else "",
        lacks=lacks,
    )


def _unnamed(listings: Iterable[Need | Offer], actor: Actor) -> set[int]:
    """Return which of the listings do not say to this reader whose they are."""
    quiet = {listing.pk: listing for listing in listings if listing.is_anonymous}
    return {pk for pk, listing in quiet.items() if not knows_author(actor, listing)}


def _told(item: MatchItem, matched: MatchedOrganization, hidden: set[int]) -> MatchItem:
    """Say why it is lowered; leave out who it is when it does not say so to this reader."""
    item = replace(item, lowered=_lowered(matched))
    if item.offer.pk in hidden:
        return replace(item, name=_("Sin decir quién es"), url="", about="")
    return item


def relaxation_texts(ledger: Ledger) -> list[str]:
    """Return what would let more organizations in, the largest gain first, two at most."""
    best = sorted((r for r in ledger.relaxations if r.gain > 0), key=lambda r: (-r.gain, r.code))
    texts = (relaxation_text(relaxation) for relaxation in best)
    return [text for text in texts if text][:2]


def _lowered(matched: MatchedOrganization) -> str:
    """Say why a match stands lower than its score alone would put it."""
    if matched.lowered is None:
        return ""
    cause = matched.lowered.because
    ago = ngettext("hace %(days)d día", "hace %(days)d días", cause.days) % {"days": cause.days}
    since = ago if cause.days else _("hoy")
    if cause.cause == DECLINED:
        return _("La bajamos porque una presentación con ella no prosperó (%(when)s).") % {
            "when": since
        }
    same = cause.traits.organization == matched.ranked.organization.pk
    why = DismissReason(cause.cause).label if cause.cause in DismissReason.values else ""
    said = {"reason": why, "when": since}
    if same:
        return _("La bajamos porque ya la descartó: «%(reason)s» (%(when)s).") % said
    return _("La bajamos porque descartó una parecida: «%(reason)s» (%(when)s).") % said


def _book(ranked: Iterable[RankedOffer], actor: Actor) -> Phrasebook:
    listed = list(ranked)
    said = [reason for each in listed for reason in each.reasons]
    against = [each.weakness for each in listed if each.weakness]
    return Phrasebook.for_reasons([*said, *against], actor=actor)


def _organization_item(
    rank: int,
    ranked: RankedOrganization,
    response: MatchResponse | None,
    need: Need | None,
    book: Phrasebook,
) -> MatchItem:
    offer = ranked.best.offer
    return MatchItem(
        rank=rank,
        name=ranked.organization.name,
        url=reverse("firms:organization", args=[ranked.organization.public_id]),
        about=_about(ranked.organization, offer.place_name, ranked.best.distance_km),
        listing_title=offer.title,
        listing_url=reverse("firms:offer", args=[offer.public_id]),
        reasons=book.sentences(ranked.best),
        weakness=book.weakness(ranked.best),
        rows=bars_of(ranked.best),
        need=need,
        offer=offer,
        response=response,
    )


def _about(organization: Organization, place: str, distance_km: float | None) -> str:
    """Say what an organization is, where, and how far: one line under its name."""
    where = place
    if place and distance_km is not None and distance_km >= 1:
        km = formats.number(round(distance_km))
        where = _("%(place)s, a %(km)s km") % {"place": place, "km": km}
    size = organization.get_size_class_display() if organization.size_class else ""
    kind = organization.get_kind_display()
    kind = _("%(kind)s · %(size)s") % {"kind": kind, "size": size.lower()} if size else kind
    return " · ".join(part for part in (kind, where) if part)

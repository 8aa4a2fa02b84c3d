"""Stored matches as a reader may see them: both listings pass the policies when they are read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import QuerySet

from firms.models import Need, Offer, Organization
from firms.policies import Actor, visible_needs, visible_offers
from matching.engine.ranking import combined
from matching.engine.reasons import Reason
from matching.engine.rules import FEATURES, Rules
from matching.models import Match, MatchOrder, MatchResponse, MatchRun, NeedDoc, RuleSet
from matching.services.fair.orders import newest_orders
from matching.services.fair.waves import invitation_counts
from matching.services.matching import words_of
from matching.services.pairing import Scope
from matching.services.preview import audience_for, need_ledger
from matching.services.results import (
    Ledger,
    MatchedNeed,
    MatchedOrganization,
    NeedMatches,
    OfferMatches,
    OrganizationMatches,
    RankedOffer,
    RankedOrganization,
    Served,
)
from matching.services.statistics import current_lexicon, current_rules

Answers = dict[tuple[int, int], MatchResponse]


def matches_of_need(
    need: Need, *, actor: Actor, today: dt.date, with_gates: bool = True
) -> NeedMatches:
    """Return the organizations that match a need, best first, and what the gates removed.

    The caller decides who may ask for the matches of this need; which offers are shown is decided
    here.
    """
    rule_set, rules = current_rules()
    (found,) = _of_needs([need], actor, today, (rule_set, rules))
    if not with_gates:
        return found
    scope = Scope(rules, today, audience=audience_for(actor))
    doc = NeedDoc.objects.filter(pk=need.pk).first()
    words = words_of(need, lexicon=current_lexicon())
    gates, near = need_ledger(doc, scope=scope, words=words, actor=actor)
    return replace(found, gates=gates, near=near)


def matches_of_offer(offer: Offer, *, actor: Actor, today: dt.date) -> OfferMatches:
    """Return the open needs that an offer could serve, best first."""
    (found,) = _of_offers([offer], actor, today)
    return found


def matches_of_organization(
    organization: Organization, *, actor: Actor, today: dt.date
) -> OrganizationMatches:
    """Return the matches of an organization's open needs and offers that the actor may see."""
    needs = visible_needs(actor).filter(organization=organization).open_on(today)
    offers = visible_offers(actor).filter(organization=organization).open_on(today)
    return OrganizationMatches(
        of_needs=tuple(_of_needs(list(needs.order_by("pk")), actor, today, current_rules())),
        of_offers=tuple(_of_offers(list(offers.order_by("pk")), actor, today)),
    )


def _of_needs(
    needs: Sequence[Need], actor: Actor, today: dt.date, current: tuple[RuleSet, Rules]
) -> list[NeedMatches]:
    seen = visible_offers(actor).open_on(today)
    matches = Match.objects.filter(need__in=needs, offer__in=seen.values("pk"))
    rows = matches.select_related("offer__organization__country", "offer__admin_unit").defer(
        "offer__organization__country__boundary", "offer__admin_unit__boundary"
    )
    by_need: defaultdict[int, list[Match]] = defaultdict(list)
    for match in rows.order_by("need", "-score", "offer"):
        by_need[match.need_id].append(match)
    answers = _answers(MatchResponse.objects.filter(need__in=needs), actor)
    current_runs = _runs(needs, current[0])
    pks = [need.pk for need in needs]
    orders, invited = newest_orders(pks), invitation_counts(pks)
    return [
        NeedMatches(
            need=need,
            is_pending=need.is_open_on(today) and (need.pk, need.revision) not in current_runs,
            ranked=_organizations(
                by_need[need.pk], answers, current[1], _places(orders.get(need.pk))
            ),
            gates=Ledger(),
            served=_served(orders.get(need.pk), invited.get(need.pk, (0, 0))),
        )
        for need in needs
    ]


def _organizations(
    matches: Iterable[Match], answers: Answers, rules: Rules, places: Mapping[int, int]
) -> tuple[MatchedOrganization, ...]:
    """Group the matches of one need by organization, in the order that was logged.

    Whoever came after the order was logged stands behind, by score.
    """
    groups: defaultdict[int, list[Match]] = defaultdict(list)
    for match in matches:
        groups[match.offer.organization_id].append(match)
    found = []
    for group in groups.values():
        best, *others = (_ranked(match) for match in group)
        score = combined([match.score for match in group], rules)
        ranked = RankedOrganization(best.offer.organization, score, best, tuple(others))
        said = (answers.get((match.need_id, match.offer_id)) for match in group)
        found.append(MatchedOrganization(ranked, next((a for a in said if a), None)))
    last = len(places) + 1

    def key(each: MatchedOrganization) -> tuple[int, float, int]:
        pk = each.ranked.organization.pk
        return places.get(pk, last), -each.ranked.score, pk

    return tuple(sorted(found, key=key))


def _places(order: MatchOrder | None) -> dict[int, int]:
    return {pk: place for place, pk in enumerate(order.ranking)} if order else {}


def _served(order: MatchOrder | None, invited: tuple[int, int]) -> Served:
    if order is None:
        return Served()
    return Served(
        changed=order.changed,
        utility_retained=order.utility_retained,
        alpha=order.alpha,
        invited=invited[0],
        interested=invited[1],
        to_invite=max(len(order.ranking) - invited[0], 0),
    )


def _of_offers(offers: Sequence[Offer], actor: Actor, today: dt.date) -> list[OfferMatches]:
    seen = visible_needs(actor).open_on(today)
    matches = Match.objects.filter(offer__in=offers, need__in=seen.values("pk"))
    rows = matches.select_related("need__organization__country", "need__admin_unit", "offer").defer(
        "need__organization__country__boundary", "need__admin_unit__boundary"
    )
    answers = _answers(MatchResponse.objects.filter(offer__in=offers), actor)
    by_offer: defaultdict[int, list[MatchedNeed]] = defaultdict(list)
    for match in rows.order_by("offer", "-score", "need"):
        response = answers.get((match.need_id, match.offer_id))
        by_offer[match.offer_id].append(MatchedNeed(match.need, _ranked(match), response))
    return [OfferMatches(offer, tuple(by_offer[offer.pk])) for offer in offers]


def _ranked(match: Match) -> RankedOffer:
    reasons = match.reasons
    against = reasons.get("against")
    values = zip(FEATURES, match.features, strict=False)
    return RankedOffer(
        offer=match.offer,
        score=match.score,
        features={name: None if value is None else value / 100 for name, value in values},
        reasons=tuple(Reason.from_json(reason) for reason in reasons.get("for", ())),
        weakness=Reason.from_json(against) if against else None,
        distance_km=reasons.get("km"),
    )


def _answers(rows: QuerySet[MatchResponse], actor: Actor) -> Answers:
    """Return what the reader said, by need and offer."""
    if not actor.is_authenticated:
        return {}
    said = rows.filter(person=actor).order_by("updated_at")
    return {(response.need_id, response.offer_id): response for response in said}


def _runs(needs: Sequence[Need], rule_set: RuleSet) -> set[tuple[int, int]]:
    runs = MatchRun.objects.filter(need__in=needs, rule_set=rule_set)
    return set(runs.values_list("need_id", "revision"))

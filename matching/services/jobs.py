"""Background work of matching, one handler per kind of job; each may run twice without harm."""

import datetime as dt

from common.jobs import Continue, Work
from firms.models import Need, Offer
from matching.models import Match
from matching.services.fair.waves import advance
from matching.services.matching import match_offer, matched_needs
from matching.services.pairing import Scope
from matching.services.projection import project_needs, project_offers
from matching.services.statistics import current_rules

PAIR = "pair"
LISTINGS_PER_CHUNK = 20
ORGANIZATION_LIMIT = 2_000


def need_published(work: Work) -> Continue | None:
    """Project a need, then match it; a revision that is not the latest is left to its own job."""
    need = Need.objects.filter(pk=work.key).first()
    if need is None or _is_stale(need, work):
        return None
    rule_set, rules = current_rules()
    if work.payload.get("phase") == PAIR:
        scope = Scope(rules, _today(work))
        matched_needs([need], scope=scope, rule_set=rule_set, now=work.now, anew=False)
        return None
    if not project_needs([need.pk], today=_today(work), rules=rules.text):
        Match.objects.filter(need=need).delete()
        return None
    return Continue({"phase": PAIR}, done=1, total=2)


def offer_published(work: Work) -> Continue | None:
    """Project an offer, then rank it among the matches of the open needs."""
    offer = Offer.objects.filter(pk=work.key).first()
    if offer is None or _is_stale(offer, work):
        return None
    rule_set, rules = current_rules()
    if work.payload.get("phase") == PAIR:
        scope = Scope(rules, _today(work))
        match_offer(offer, scope=scope, rule_set=rule_set, now=work.now, anew=False)
        return None
    if not project_offers([offer.pk], today=_today(work), rules=rules.text):
        Match.objects.filter(offer=offer).delete()
        return None
    return Continue({"phase": PAIR}, done=1, total=2)


def organization_changed(work: Work) -> Continue | None:
    """Project the listings of an organization anew, then match them, some at a time."""
    rule_set, rules = current_rules()
    today = _today(work)
    offers = Offer.objects.filter(organization=work.key).order_by("pk")
    needs = Need.objects.filter(organization=work.key).order_by("pk")
    if work.payload.get("phase") != PAIR:
        project_offers([o.pk for o in offers[:ORGANIZATION_LIMIT]], today=today, rules=rules.text)
        project_needs([n.pk for n in needs[:ORGANIZATION_LIMIT]], today=today, rules=rules.text)
        return Continue({"phase": PAIR, "offer": 0, "need": 0})
    scope = Scope(rules, today)
    chunk = list(offers.filter(pk__gt=work.payload["offer"])[:LISTINGS_PER_CHUNK])
    for offer in chunk:
        match_offer(offer, scope=scope, rule_set=rule_set, now=work.now, anew=False)
    if chunk:
        return Continue({**work.payload, "offer": chunk[-1].pk})
    rest = list(needs.filter(pk__gt=work.payload["need"])[:LISTINGS_PER_CHUNK])
    matched_needs(rest, scope=scope, rule_set=rule_set, now=work.now, anew=False)
    return Continue({**work.payload, "need": rest[-1].pk}) if rest else None


def widen_waves(work: Work) -> None:
    """Close the invitations of needs that are over, and widen those that few answered."""
    advance(work.now)


def _is_stale(row: Need | Offer, work: Work) -> bool:
    """Say whether a newer revision exists; revision 0 asks for whatever is current."""
    return bool(work.revision) and row.revision != work.revision


def _today(work: Work) -> dt.date:
    return work.now.date()

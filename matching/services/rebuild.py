"""Projecting and matching everything anew, in chunks that can stop and go on anywhere."""

from collections.abc import Callable
from dataclasses import replace

from common.jobs import Continue, Work
from firms.models import Need, Offer
from matching.candidates import NIGHTLY
from matching.engine.rules import Rules
from matching.models import LexiconEntry, Match, NeedDoc, OfferDoc
from matching.services.facts import offer_facts
from matching.services.lexicon import LANGUAGE_PAIRS, learn_pair
from matching.services.matching import matched_needs
from matching.services.pairing import Scope
from matching.services.projection import project_needs, project_offers, text_length
from matching.services.reconciling import (
    Drift,
    add_drift,
    fingerprints,
    finish_check,
    pairs_changed,
    pairs_of,
    projections_changed,
    recount_keys,
    start_check,
)
from matching.services.statistics import current_rules, fold_changes, renew_epoch

SAMPLE = 2_000
PROJECTED_PER_CHUNK = 500
MATCHED_PER_CHUNK = 50


def rebuild_listings(work: Work) -> Continue | None:
    """Learn the lexicon if there is none, measure, project offers and needs, match needs."""
    phase = str(work.payload.get("phase", "learn"))
    return PHASES[phase](work)


def _learn(work: Work) -> Continue:
    """Learn a pair of languages a chunk, so that no chunk takes long."""
    index = int(work.payload.get("after", 0))
    if "check" not in work.payload:
        work = replace(work, payload={**work.payload, "check": start_check(now=work.now)})
    if index == len(LANGUAGE_PAIRS):
        return _next(work, "measure", 0)
    source, target = LANGUAGE_PAIRS[index]
    known = LexiconEntry.objects.filter(source_language=source, target_language=target)
    if not known.exists():
        learn_pair(source, target=target)
    return _next(work, "learn", index + 1)


def _measure(work: Work) -> Continue:
    _, rules = current_rules()
    today = work.now.date()
    sample = Offer.objects.open_on(today).order_by("pk")[:SAMPLE].values_list("pk", flat=True)
    facts = offer_facts(Offer.objects.filter(pk__in=list(sample)), today=today)
    renew_epoch((text_length(known, rules=rules.text) for known in facts.values()), now=work.now)
    return _next(work, "offers", 0)


def _offers(work: Work) -> Continue:
    chunk = _after(Offer, work, PROJECTED_PER_CHUNK)
    if not chunk:
        fold_changes(at_least=1)
        recount_keys(int(work.payload.get("check", 0)))  # needs weigh words by these counts
        return _next(work, "needs", 0)
    before = fingerprints(OfferDoc, listings=chunk)
    project_offers(chunk, today=work.now.date(), rules=_rules().text)
    changed = projections_changed(before, after=fingerprints(OfferDoc, listings=chunk))
    _note(work, Drift(listings=len(chunk), projections=changed))
    return _next(work, "offers", chunk[-1], len(chunk))


def _needs(work: Work) -> Continue:
    chunk = _after(Need, work, PROJECTED_PER_CHUNK)
    if not chunk:
        fold_changes(at_least=1)
        return _next(work, "match", 0)
    before = fingerprints(NeedDoc, listings=chunk)
    project_needs(chunk, today=work.now.date(), rules=_rules().text)
    changed = projections_changed(before, after=fingerprints(NeedDoc, listings=chunk))
    _note(work, Drift(listings=len(chunk), projections=changed))
    return _next(work, "needs", chunk[-1], len(chunk))


def _match(work: Work) -> Continue | None:
    rule_set, rules = current_rules()
    ids = _after(Need, work, MATCHED_PER_CHUNK)
    if not ids:
        finish_check(int(work.payload.get("check", 0)), now=work.now)
        return None
    before = pairs_of(ids)
    scope = Scope(rules, work.now.date(), NIGHTLY)
    projected = NeedDoc.objects.filter(pk__in=ids).values("pk")
    Match.objects.filter(need__in=ids).exclude(need__in=projected).delete()
    needs = Need.objects.filter(pk__in=projected).order_by("pk")
    matched_needs(list(needs), scope=scope, rule_set=rule_set, now=work.now)
    _note(work, pairs_changed(before, after=pairs_of(ids), needs=len(ids)))
    return _next(work, "match", ids[-1], len(ids))


def _note(work: Work, drift: Drift) -> None:
    add_drift(int(work.payload.get("check", 0)), drift=drift)


def _after(model: type[Offer | Need], work: Work, size: int) -> list[int]:
    """Return the next ids after the last one done."""
    rows = model.objects.filter(pk__gt=int(work.payload.get("after", 0))).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def _next(work: Work, phase: str, after: int, count: int = 0) -> Continue:
    """Go on with a phase after an id; the total is counted once, at the start."""
    total = work.payload.get("total")
    if total is None:
        total = Offer.objects.count() + 2 * Need.objects.count()
    done = min(int(work.payload.get("done", 0)) + count, int(total))
    payload = {"phase": phase, "after": after, "done": done, "total": total}
    payload["check"] = work.payload.get("check", 0)
    return Continue(payload, done=done, total=int(total))


def _rules() -> Rules:
    return current_rules()[1]


PHASES: dict[str, Callable[[Work], Continue | None]] = {
    "learn": _learn,
    "measure": _measure,
    "offers": _offers,
    "needs": _needs,
    "match": _match,
}

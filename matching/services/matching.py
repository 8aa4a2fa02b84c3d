"""Matching one need or one offer: project it, then pair it with what others have projected.

The two steps are two transactions. Of a need and an offer published at the same moment, at least
the one that pairs later sees the other's projection, so no pair is lost between them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from firms.models import Need, Offer
from matching.engine import ENGINE_VERSION
from matching.engine.lexicon import Expansion
from matching.engine.scoring import Assessment
from matching.engine.text import term_words
from matching.models import Match, MatchRun, NeedDoc, OfferDoc, RuleSet
from matching.services import store
from matching.services.fair.orders import order_needs
from matching.services.fair.waves import begin
from matching.services.pairing import Scope, Subject, pair_narrowly
from matching.services.statistics import current_lexicon


def match_need(
    need: Need, *, scope: Scope, rule_set: RuleSet, now: dt.datetime, anew: bool = True
) -> MatchRun | None:
    """Rank the open offers for a projected need and store the best; None when it is not open.

    Unless ``anew``, a need whose content, rules and engine are those of its last pairing is left
    as it is: offers that came since then have looked for it themselves.
    """
    if not store.lock_needs([need.pk]):
        Match.objects.filter(need=need).delete()
        return None
    doc = NeedDoc.objects.get(pk=need.pk)
    if not anew and store.is_paired(doc, rule_set=rule_set):
        return _run_again(need, rule_set, now)
    assessment = pair_narrowly(Subject.of_doc(doc), scope=scope)
    kept = store.best_of(assessment, rules=scope.rules)
    run = store.record_run(
        store.RunKey(need.pk, need.revision, rule_set.pk, ENGINE_VERSION),
        counts=(assessment.pairs.size, len(kept)),
        now=now,
    )
    words = words_of(need, lexicon=current_lexicon())
    rows = [store.scored(assessment, index=index, words=words, run=run.pk) for index in kept]
    store.drop_other_offers(need.pk, kept=[row.offer for row in rows])
    store.store(rows, now=now)
    store.trim([need.pk], rules=scope.rules)
    store.mark_paired(doc, rule_set=rule_set)
    return run


def _run_again(need: Need, rule_set: RuleSet, now: dt.datetime) -> MatchRun:
    """Record that a revision has the matches of the one before."""
    count = Match.objects.filter(need=need).count()
    key = store.RunKey(need.pk, need.revision, rule_set.pk, ENGINE_VERSION)
    return store.record_run(key, counts=(count, count), now=now)


def match_offer(
    offer: Offer, *, scope: Scope, rule_set: RuleSet, now: dt.datetime, anew: bool = True
) -> int:
    """Rank a projected offer among the matches of the open needs; return in how many it is now.

    Unless ``anew``, an offer paired before with the same content, rules and engine is left as it
    is: needs that came since then have looked for it themselves.
    """
    doc = OfferDoc.objects.filter(pk=offer.pk).first()
    before = set(Match.objects.filter(offer=offer).values_list("need_id", flat=True))
    if doc is None:
        Match.objects.filter(offer=offer).delete()
        return 0
    if not anew and store.is_paired(doc, rule_set=rule_set):
        return len(before)
    assessment = pair_narrowly(Subject.of_doc(doc), scope=scope)
    winners = _above_floors(assessment)
    there = set(store.lock_needs([*winners, *before]))
    needs = Need.objects.in_bulk(there)
    runs = _runs(needs.values(), rule_set, now)
    lexicon = current_lexicon()
    rows = [
        store.scored(
            assessment, index=winners[pk], words=words_of(needs[pk], lexicon=lexicon), run=runs[pk]
        )
        for pk in sorted(winners.keys() & there)
    ]
    Match.objects.filter(offer=offer).exclude(need__in=[row.need for row in rows]).delete()
    store.store(rows, now=now)
    store.trim(sorted(there), rules=scope.rules)
    store.mark_paired(doc, rule_set=rule_set)
    _serve([needs[pk] for pk in sorted(there)], scope=scope, rule_set=rule_set, now=now)
    return Match.objects.filter(offer=offer).count()


def _serve(needs: Sequence[Need], *, scope: Scope, rule_set: RuleSet, now: dt.datetime) -> None:
    """Log in which order the matches of needs are served, and invite the first."""
    order_needs(needs, rule_set=rule_set, rules=scope.rules, now=now)
    begin(needs, now=now)


def words_of(need: Need, *, lexicon: Expansion) -> dict[int, str]:
    """Return a need's own words by term id, also under what they are called elsewhere."""
    text = "\n".join((need.title, need.summary, need.description))
    return shown_words(text, language=need.language, lexicon=lexicon)


def shown_words(text: str, *, language: str, lexicon: Expansion) -> dict[int, str]:
    """Return the words of a text by term id, also under their translations."""
    own = term_words(text, language)
    shown = dict(own)
    for key, word in own.items():
        for other, _ in lexicon.of(key):
            shown.setdefault(other, word)
    return shown


def _above_floors(assessment: Assessment) -> dict[int, int]:
    """Return where the needs are whose last kept match this offer reaches."""
    ids = assessment.pairs.needs.ids
    passed = [int(index) for index in assessment.passed.nonzero()[0]]
    floors = dict(
        NeedDoc.objects.filter(pk__in=[int(ids[i]) for i in passed]).values_list("pk", "floor")
    )
    reached = (i for i in passed if _rounded(assessment, i) >= floors.get(int(ids[i]), 2.0))
    return {int(ids[i]): i for i in reached}


def _rounded(assessment: Assessment, index: int) -> float:
    return round(float(assessment.score[index]), store.DECIMALS)


def _runs(needs: Iterable[Need], rule_set: RuleSet, now: dt.datetime) -> dict[int, int]:
    """Return the current run of each need; one that was never matched gets an empty one."""
    wanted = {need.pk: need.revision for need in needs}
    found = {
        run.need_id: run.pk
        for run in MatchRun.objects.filter(
            need__in=list(wanted), rule_set=rule_set, engine_version=ENGINE_VERSION
        )
        if run.revision == wanted[run.need_id]
    }
    for pk in sorted(wanted.keys() - found.keys()):
        key = store.RunKey(pk, wanted[pk], rule_set.pk, ENGINE_VERSION)
        found[pk] = store.record_run(key, counts=(0, 0), now=now).pk
    return found


def matched_needs(
    needs: Sequence[Need],
    *,
    scope: Scope,
    rule_set: RuleSet,
    now: dt.datetime,
    anew: bool = True,
) -> int:
    """Match a chunk of needs in order, then serve them; return how many were open."""
    runs = [match_need(need, scope=scope, rule_set=rule_set, now=now, anew=anew) for need in needs]
    matched = [need for need, run in zip(needs, runs, strict=True) if run]
    _serve(matched, scope=scope, rule_set=rule_set, now=now)
    return len(matched)

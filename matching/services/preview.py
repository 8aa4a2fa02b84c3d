"""Who could serve a need that is not published, or not even finished: nothing is stored."""

import datetime as dt
from collections.abc import Iterable, Sequence

from clusters.models import AdminUnit
from firms.models import Offer, Reach
from firms.policies import Actor, visible_offers
from matching.engine.documents import Days, Facts, Position, Wording
from matching.engine.explain import explain
from matching.engine.gates import gains, ledger
from matching.engine.geo import ReachArea, ReachKind, Spot
from matching.engine.near import near_misses
from matching.engine.payload import NO_DAY
from matching.engine.ranking import RankedGroup, rank_groups
from matching.engine.scoring import Assessment
from matching.engine.text import detect_language
from matching.models import Audience, NeedDoc, OfferDoc
from matching.services.facts import REACH_KINDS, clusters_of, entries_of, unit_codes
from matching.services.matching import shown_words
from matching.services.pairing import Scope, Subject, pair_anywhere
from matching.services.projection import need_rows
from matching.services.results import (
    GateStep,
    Ledger,
    Nearby,
    NearMiss,
    NeedDraft,
    Preview,
    RankedOffer,
    RankedOrganization,
    Relaxation,
)
from matching.services.statistics import current_lexicon, current_rules

DEFAULT_LANGUAGE = "es"
MAX_TEXT = 6_000
PREVIEWED = 10
NEAR_MISSES = 3
NEARBY_KM = 60


def preview_need(
    draft: NeedDraft, *, actor: Actor, today: dt.date, limit: int = PREVIEWED
) -> Preview:
    """Rank the organizations that could serve a draft, among the offers that the actor may see."""
    language = draft.language or detect_language(draft.text) or DEFAULT_LANGUAGE
    _, rules = current_rules()
    scope = Scope(rules, today, audience=audience_for(actor))
    assessment = assess_draft(draft, language=language, scope=scope)
    offers = assessment.pairs.offers
    groups = rank_groups(
        assessment.score, offers.ids, offers.head["organization"], assessment.passed, rules
    )
    words = shown_words(draft.text[:MAX_TEXT], language=language, lexicon=current_lexicon())
    return Preview(
        total=len(groups),
        ranked=_shown(assessment, groups[:limit], words, actor),
        gates=ledger_of(assessment, scope=scope),
        language=language,
        nearby=_nearby(assessment, draft),
        near=_near(assessment, words, actor),
    )


def need_ledger(
    doc: NeedDoc | None, *, scope: Scope, words: dict[int, str], actor: Actor
) -> tuple[Ledger, tuple[NearMiss, ...]]:
    """Return what each gate removes for a projected need, and who would fit but for one thing."""
    if doc is None:
        return Ledger(), ()
    assessment = pair_anywhere(Subject.of_doc(doc), scope=scope)
    return ledger_of(assessment, scope=scope), _near(assessment, words, actor)


def ledger_of(assessment: Assessment, *, scope: Scope) -> Ledger:
    """Count the organizations that each gate left, and who one gate alone keeps out."""
    owners = assessment.pairs.offers.head["organization"]
    gained = gains(assessment.gates, owners)
    return Ledger(
        open_offers=OfferDoc.objects.filter(
            audience__lte=scope.audience, expires_on__gte=scope.today
        ).count(),
        steps=tuple(
            GateStep(step.code, step.kept, step.removed)
            for step in ledger(assessment.gates, owners)
        ),
        relaxations=tuple(
            Relaxation(code, gain)
            for code, gain in gained.items()
            if gain and code not in {"open", "same_field", "score"}
        ),
    )


def audience_for(actor: Actor) -> Audience:
    """Return the widest audience that an actor belongs to."""
    return Audience.MEMBERS if actor.is_authenticated else Audience.PUBLIC


def assess_draft(draft: NeedDraft, *, language: str, scope: Scope) -> Assessment:
    """Assess the offers of the same field for a draft."""
    facts = draft_facts(draft, language=language, today=scope.today)
    (row,) = need_rows({0: facts}, rules=scope.rules.text)
    return pair_anywhere(Subject.of_row(row, has_place=bool(facts.position.units)), scope=scope)


def draft_facts(draft: NeedDraft, *, language: str, today: dt.date) -> Facts:
    """Return what is known of a draft."""
    entries = entries_of(draft.classification_ids, language=language)
    organization = draft.organization_id or 0
    return Facts(
        organization=organization,
        wording=Wording(
            language=language,
            title=draft.text[:MAX_TEXT],
            labels=tuple(dict.fromkeys(label for _, _, label in entries if label)),
        ),
        position=_position(draft),
        days=Days(today.toordinal(), NO_DAY, today.toordinal()),
        codes=tuple((scheme, code) for scheme, code, _ in entries),
        certificates=dict.fromkeys(draft.required_certificate_ids, NO_DAY),
        clusters=tuple(clusters_of([organization]).get(organization, ())),
    )


def _position(draft: NeedDraft) -> Position:
    known = AdminUnit.objects.select_related("parent").defer("boundary", "parent__boundary")
    unit = known.filter(pk=draft.admin_unit_id).first() if draft.admin_unit_id else None
    point = draft.point or (unit.center if unit else None)
    reach = ReachArea(REACH_KINDS[draft.reach], draft.reach_km or 0.0, _unit_codes(draft))
    if unit is None or (draft.reach == Reach.RADIUS and not draft.reach_km):
        reach = ReachArea(ReachKind.WORLDWIDE)
    return Position(Spot(point.y, point.x) if point else None, unit_codes(unit), reach)


def _unit_codes(draft: NeedDraft) -> tuple[str, ...]:
    if not draft.reach_unit_ids:
        return ()
    units = AdminUnit.objects.filter(pk__in=draft.reach_unit_ids).order_by("code")
    return tuple(units.values_list("code", flat=True))


def _shown(
    assessment: Assessment, groups: Sequence[RankedGroup], words: dict[int, str], actor: Actor
) -> tuple[RankedOrganization, ...]:
    """Return groups with their rows; what the actor may not see is not there to be shown."""
    ids = assessment.pairs.offers.ids
    rows = _offers(assessment, (index for group in groups for index in group.members), actor)
    shown = []
    for group in groups:
        ranked = [
            _ranked(assessment, index, words, rows[int(ids[index])])
            for index in group.members
            if int(ids[index]) in rows
        ]
        if ranked:
            owner = ranked[0].offer.organization
            shown.append(RankedOrganization(owner, group.score, ranked[0], tuple(ranked[1:])))
    return tuple(shown)


def _offers(assessment: Assessment, indexes: Iterable[int], actor: Actor) -> dict[int, Offer]:
    """Read the offers at these places that the actor may see."""
    wanted = [int(assessment.pairs.offers.ids[index]) for index in indexes] or [
        0
    ]  # always one query
    return (
        visible_offers(actor)
        .filter(pk__in=wanted)
        .select_related("organization__country", "admin_unit")
        .defer("organization__country__boundary", "admin_unit__boundary")
        .in_bulk()
    )


def _nearby(assessment: Assessment, draft: NeedDraft) -> Nearby | None:
    """Count the organizations close by, unless nothing is known of a place or all are close."""
    if draft.point is None or (draft.reach_km or NEARBY_KM + 1) <= NEARBY_KM:
        return None
    close = assessment.passed & (assessment.pairs.distance <= NEARBY_KM)
    return Nearby(NEARBY_KM, len(set(assessment.pairs.offers.head["organization"][close].tolist())))


def _near(assessment: Assessment, words: dict[int, str], actor: Actor) -> tuple[NearMiss, ...]:
    """Return who would fit but for one thing, as far as the actor may see their offers."""
    missed = near_misses(assessment, limit=NEAR_MISSES)
    rows = _offers(assessment, (each.index for each in missed), actor)
    return tuple(
        NearMiss(
            _ranked(assessment, each.index, words, rows[pk]),
            each.gate,
            each.beyond_km,
            each.missing,
        )
        for each in missed
        if (pk := int(assessment.pairs.offers.ids[each.index])) in rows
    )


def _ranked(assessment: Assessment, index: int, words: dict[int, str], offer: Offer) -> RankedOffer:
    explanation = explain(assessment, index, words)
    km = float(assessment.pairs.distance[index])
    return RankedOffer(
        offer=offer,
        score=float(assessment.score[index]),
        features=assessment.feature_values(index),
        reasons=explanation.reasons,
        weakness=explanation.weakness,
        distance_km=None if km != km else round(km, 1),
    )

"""Which entries of a scheme a text seems to be about: by labels, and by what like offers chose."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import F, Max

from clusters.models import Classification, Scheme
from firms.policies import Actor
from matching.engine.codes import pack
from matching.engine.labels import LabelIndex
from matching.engine.text import detect_language
from matching.services.pairing import Scope
from matching.services.preview import DEFAULT_LANGUAGE, assess_draft, audience_for
from matching.services.results import NeedDraft, SuggestedClassification
from matching.services.statistics import current_rules

SCHEMES = (Scheme.CPV2008, Scheme.ISIC4)
MIN_LEVEL = 2
NEIGHBORS = 30
NEIGHBOR_SHARE = 0.5
ENOUGH = 0.25
LIMIT = 6


@dataclass(frozen=True)
class Labels:
    """The entries of the suggested schemes in one language, and their index."""

    rows: tuple[tuple[int, str, str, str], ...]  # pk, scheme, code, label
    index: LabelIndex
    by_code: dict[int, int]


def suggest_classifications(
    text: str,
    *,
    language: str | None,
    actor: Actor,
    today: dt.date,
    schemes: Collection[str] = SCHEMES,
) -> list[SuggestedClassification]:
    """Return the entries that fit a text best, each with a score from 0 to 1, for a person to pick.

    Half a vote comes from the codes of the offers whose texts are closest.
    """
    spoken = language or detect_language(text) or DEFAULT_LANGUAGE
    known = _labels(spoken, Classification.objects.aggregate(newest=Max("pk"))["newest"] or 0)
    if not known.rows or not text.strip():
        return []
    wanted = np.array([scheme in schemes for _pk, scheme, *_rest in known.rows])
    by_label = known.index.scores(text) * wanted
    top = by_label.max()
    score = by_label / top if top > 0 else by_label
    for code, vote in _votes(text, spoken, actor, today).items():
        if code in known.by_code:
            score[known.by_code[code]] += NEIGHBOR_SHARE * vote
    score *= wanted
    order = np.lexsort((np.arange(len(score)), -score))[:LIMIT]
    return [
        _found(known.rows[index], min(float(score[index]), 1.0))
        for index in order.tolist()
        if score[index] >= ENOUGH
    ]


def _found(row: tuple[int, str, str, str], score: float) -> SuggestedClassification:
    pk, scheme, code, label = row
    return SuggestedClassification(pk, scheme, code, label, score)


def _votes(text: str, language: str, actor: Actor, today: dt.date) -> dict[int, float]:
    """Return what the offers with the closest texts are classified as; the strongest votes 1."""
    _, rules = current_rules()
    scope = Scope(rules, today, audience=audience_for(actor))
    assessment = assess_draft(
        NeedDraft(text=text, language=language), language=language, scope=scope
    )
    closeness = np.nan_to_num(assessment.features["text"])
    votes: defaultdict[int, float] = defaultdict(float)
    for position in np.argsort(-closeness, kind="stable")[:NEIGHBORS].tolist():
        for code in assessment.pairs.offers.codes.row(position).tolist():
            votes[code] += float(closeness[position])
    strongest = max(votes.values(), default=0.0)
    return {code: vote / strongest for code, vote in votes.items()} if strongest else {}


@lru_cache(maxsize=3)
def _labels(language: str, newest: int) -> Labels:
    """Read and index the labels once per process, language and version."""
    label, parent = f"label_{language}", f"parent__label_{language}"
    rows = list(
        Classification.objects.filter(scheme__in=SCHEMES, level__gte=MIN_LEVEL, pk__lte=newest)
        .order_by("scheme", "code")
        .annotate(own=F(label), above=F(parent))
        .values_list("pk", "scheme", "code", "own", "above")
    )
    packed = (pack(scheme, code) for _, scheme, code, _, _ in rows)
    return Labels(
        rows=tuple(row[:4] for row in rows),
        index=LabelIndex.build([(own, above or "") for *_, own, above in rows], language),
        by_code={code: index for index, code in enumerate(packed) if code is not None},
    )

"""Which entries of a scheme a text is about: by labels, by tenders, by what like offers chose."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.db.models import F, Max

from clusters.models import Classification, Scheme
from firms.policies import Actor
from matching.engine.codes import pack
from matching.engine.labels import LabelIndex
from matching.engine.text import detect_language
from matching.services.classifier import classifier
from matching.services.pairing import Scope
from matching.services.preview import DEFAULT_LANGUAGE, assess_draft, audience_for
from matching.services.results import NeedDraft, SuggestedClassification
from matching.services.statistics import current_rules

SCHEMES = (Scheme.CPV2008, Scheme.ISIC4)
MIN_LEVEL = 2
NEIGHBORS = 30
NEIGHBOR_SHARE = 0.5
LEARNED_SHARE = 0.7  # of the score of a CPV entry; the rest is its label
SURE = 0.5  # a division this likely lets what was learned count in full
ENOUGH = 0.25
LIMIT = 6


@dataclass(frozen=True)
class Labels:
    """The entries of the suggested schemes in one language, and their index."""

    rows: tuple[tuple[int, str, str, str], ...]  # pk, scheme, code, label
    index: LabelIndex
    by_code: dict[int, int]
    learned_row: npt.NDArray[np.int64]  # rows that the model knows too
    learned_code: npt.NDArray[np.int64]  # which of the model's codes each of them is


def suggest_classifications(
    text: str,
    *,
    language: str | None,
    actor: Actor,
    today: dt.date,
    schemes: Collection[str] = SCHEMES,
) -> list[SuggestedClassification]:
    """Return the entries that fit a text best, each with a score from 0 to 1, for a person to pick.

    Products are ranked by what public tenders teach and by labels, activities by labels. Half a
    vote comes from the codes of the offers whose texts are closest.
    """
    spoken = language or detect_language(text) or DEFAULT_LANGUAGE
    known = _labels(spoken, Classification.objects.aggregate(newest=Max("pk"))["newest"] or 0)
    if not known.rows or not text.strip():
        return []
    wanted = np.array([scheme in schemes for _pk, scheme, *_rest in known.rows])
    score = _with_learned(_of_best(known.index.scores(text) * wanted), text, known)
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


def _of_best(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the scores as shares of the best."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def _with_learned(
    by_label: npt.NDArray[np.float64], text: str, known: Labels
) -> npt.NDArray[np.float64]:
    """Return the scores with those of products mixed with what the model says."""
    if not len(known.learned_row):
        return by_label
    model = classifier()
    sure = min(1.0, float(model.division_chances(text).max()) / SURE)
    learned = _of_best(model.code_scores(text)[known.learned_code]) * sure
    mixed = by_label.copy()
    mixed[known.learned_row] *= 1 - LEARNED_SHARE
    mixed[known.learned_row] += LEARNED_SHARE * learned
    return mixed


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
    learned = _learned_rows([(scheme, code) for _, scheme, code, _, _ in rows])
    return Labels(
        rows=tuple(row[:4] for row in rows),
        index=LabelIndex.build([(own, above or "") for *_, own, above in rows], language),
        by_code={code: index for index, code in enumerate(packed) if code is not None},
        learned_row=np.array(list(learned), dtype=np.int64),
        learned_code=np.array(list(learned.values()), dtype=np.int64),
    )


def _learned_rows(codes: list[tuple[str, str]]) -> dict[int, int]:
    """Return for each row of a code that the model knows its place there."""
    products = {i: code for i, (scheme, code) in enumerate(codes) if scheme == Scheme.CPV2008}
    if not products:
        return {}
    place = {code: index for index, code in enumerate(classifier().codes)}
    return {row: place[code] for row, code in products.items() if code in place}

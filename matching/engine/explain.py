"""From an assessed pair to reasons: at most three for, and one against."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.engine.codes import ancestors, unpack
from matching.engine.features import Pairs
from matching.engine.geo import ReachKind
from matching.engine.reasons import Explanation, Reason
from matching.engine.scoring import Assessment

MAX_REASONS = 3
MAX_TERMS = 3
SAME_FIELD = 0.35
ENOUGH_TEXT = 0.20
FEW_WORDS = 0.12
FAR = 0.35
FRESH_DAYS = 30
OLD_DAYS = 180
FULL_SIZE = 0.99
SIZES = {1: "micro", 2: "small", 3: "medium", 4: "large"}


@dataclass(frozen=True)
class Case:
    """One pair of an assessment, with the need's own words by term id."""

    assessment: Assessment
    index: int
    words: Mapping[int, str]

    @property
    def pairs(self) -> Pairs:
        """The pairs that it is one of."""
        return self.assessment.pairs

    def value(self, feature: str) -> float | None:
        """Return a feature, None when unknown."""
        value = float(self.assessment.features[feature][self.index])
        return None if np.isnan(value) else value

    def at(self, side: str, name: str) -> float:
        """Return a number of the need or the offer."""
        head = (self.pairs.needs if side == "need" else self.pairs.offers).head
        return float(head[name][self.index if len(head) > 1 else 0])

    @property
    def distance(self) -> float | None:
        """Kilometres between the two; None when unknown."""
        km = float(self.pairs.distance[self.index])
        return None if np.isnan(km) else round(km, 1)


def explain(assessment: Assessment, index: int, words: Mapping[int, str]) -> Explanation:
    """Return why a pair is a match and its weak spot."""
    case = Case(assessment, index, words)
    found = (_classification, _terms, _certificates, _cluster, _place, _size, _fresh)
    reasons = [reason for build in found if (reason := build(case))]
    return Explanation(tuple(reasons[:MAX_REASONS]), _weakness(case))


def _classification(case: Case) -> Reason | None:
    value = case.value("classification")
    if value is None or value < SAME_FIELD:
        return None
    common = case.pairs.common
    level, code = int(common.level[case.index]), int(common.code[case.index])
    chain = ancestors(code)
    scheme, written = unpack(chain[level - 1])
    return Reason(
        "same_classification",
        {"scheme": scheme, "entry": written, "level": level, "exact": int(level == len(chain))},
    )


def _terms(case: Case) -> Reason | None:
    value = case.value("text")
    shown = shared_words(case)
    if value is None or value < ENOUGH_TEXT or not shown:
        return None
    return Reason("terms", {"terms": shown})


def shared_words(case: Case) -> list[str]:
    """Return the need's own words that weigh most in the pair."""
    many, one = case.pairs.many, case.pairs.one
    start, count = int(many.terms.starts[case.index]), int(many.terms.counts[case.index])
    keys = many.terms.values[start : start + count]
    weights = many.weights[start : start + count].astype(np.float64)
    _, mine, theirs = np.intersect1d(keys, one.terms.values, True, return_indices=True)
    strength = weights[mine] * one.weights[theirs].astype(np.float64)
    order = np.lexsort((keys[mine], -strength))
    shown = [case.words[key] for key in keys[mine][order].tolist() if key in case.words]
    return list(dict.fromkeys(shown))[:MAX_TERMS]


def _certificates(case: Case) -> Reason | None:
    if not case.value("certificates"):
        return None
    many_is_needs = len(case.pairs.needs) > 1
    required = case.pairs.needs.certificates.row(case.index if many_is_needs else 0)[::2]
    return Reason("holds_certificates", {"ids": [int(standard) for standard in required]})


def _cluster(case: Case) -> Reason | None:
    if not case.value("cluster"):
        return None
    shared = np.intersect1d(
        case.pairs.many.clusters.row(case.index), case.pairs.one.clusters.values
    )
    return Reason("same_cluster", {"ids": [int(cluster) for cluster in shared]})


def _place(case: Case) -> Reason | None:
    kind = ReachKind(int(case.at("offer", "reach")))
    params: dict[str, str | int | float | list[int] | list[str]] = {"rule": kind.name.lower()}
    if kind is ReachKind.RADIUS:
        params["km"] = round(case.at("offer", "reach_km"))
    if case.distance is None:
        return None
    return Reason("covers_place", {**params, "distance_km": case.distance})


def _size(case: Case) -> Reason | None:
    value = case.value("size")
    if value is None or value < FULL_SIZE:
        return None
    return Reason("wanted_size", {"size": SIZES[int(case.at("offer", "size"))]})


def _fresh(case: Case) -> Reason | None:
    days = _age(case)
    return Reason("fresh", {"days": days}) if days <= FRESH_DAYS else None


def _weakness(case: Case) -> Reason | None:
    """Return what lowers the score most among the facts that are weak."""
    weak = [found for found in _weak_spots(case) if found is not None]
    weights = case.pairs.rules.weights
    return max(weak, key=lambda item: item[0] * weights[item[1]])[2] if weak else None


def _weak_spots(case: Case) -> list[tuple[float, str, Reason] | None]:
    code, text, near = (case.value(name) for name in ("classification", "text", "geography"))
    size, days = case.value("size"), _age(case)
    found: list[tuple[float, str, Reason] | None] = []
    if code is not None and code < SAME_FIELD:
        found.append((1 - code, "classification", Reason("other_classification")))
    if text is not None and text < FEW_WORDS:
        found.append((1 - text, "text", Reason("few_terms")))
    if near is not None and near < FAR and case.distance is not None:
        found.append((1 - near, "geography", Reason("far", {"distance_km": case.distance})))
    if size is not None and size < FULL_SIZE:
        reason = Reason("other_size", {"size": SIZES[int(case.at("offer", "size"))]})
        found.append((1 - size, "size", reason))
    if days > OLD_DAYS:
        found.append((case.value("freshness") or 0, "freshness", Reason("old", {"days": days})))
    return found


def _age(case: Case) -> int:
    return max(case.pairs.today - int(case.at("offer", "refreshed")), 0)

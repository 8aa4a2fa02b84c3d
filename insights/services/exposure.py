"""Who was seen in the matches that people were shown, and whether that follows relevance."""

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from firms.models import SizeClass
from insights.metrics.exposure import position_bias, ratio
from matching.models import Impression, Match

LEAST = 30
EVEN = (0.8, 1.25)
SMES = frozenset({SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM})


@dataclass(frozen=True)
class Group:
    """A group's organizations, and their mean exposure and mean relevance."""

    organizations: int
    impressions: int
    never_shown: int
    exposure: float
    relevance: float


@dataclass(frozen=True)
class Audit:
    """The two groups on a span of days, and small over large: 1 is even."""

    since: dt.date
    until: dt.date
    smes: Group
    large: Group
    exposure_ratio: float | None
    treatment_ratio: float | None
    is_even: bool | None

    def as_json(self) -> dict[str, Any]:
        """Return it with days as text."""
        return {**asdict(self), "since": str(self.since), "until": str(self.until)}


def audit_exposure(*, since: dt.date, until: dt.date) -> Audit:
    """Compare exposure of small and medium firms with large ones, those never shown included.

    Only sizes declared by verified organizations count. Below 30 impressions of a group nothing is
    said of evenness.
    """
    seen: defaultdict[int, float] = defaultdict(float)
    times: defaultdict[int, int] = defaultdict(int)
    shown = Impression.objects.filter(shown_on__range=(since, until))
    for owner, rank in shown.values_list("organization_id", "rank"):
        seen[owner] += position_bias(rank)
        times[owner] += 1
    fit = _relevance()
    smes = _group({pk for pk, (is_sme, _) in fit.items() if is_sme}, seen, times, fit)
    large = _group({pk for pk, (is_sme, _) in fit.items() if not is_sme}, seen, times, fit)
    treated = None
    if smes.relevance and large.relevance:
        treated = ratio(smes.exposure / smes.relevance, large.exposure / large.relevance)
    enough = min(smes.impressions, large.impressions) >= LEAST
    return Audit(
        since=since,
        until=until,
        smes=smes,
        large=large,
        exposure_ratio=ratio(smes.exposure, large.exposure),
        treatment_ratio=treated,
        is_even=EVEN[0] <= treated <= EVEN[1] if treated is not None and enough else None,
    )


def _relevance() -> dict[int, tuple[bool, float]]:
    """Return for each matched organization of known size whether it is an SME and its scores."""
    found: dict[int, tuple[bool, float]] = {}
    rows = Match.objects.filter(offer__organization__verification="verified").exclude(
        offer__organization__size_class=""
    )
    columns = ("offer__organization_id", "offer__organization__size_class", "score")
    for owner, size, score in rows.values_list(*columns):
        found[owner] = (size in SMES, found.get(owner, (False, 0.0))[1] + score)
    return found


def _group(
    members: set[int],
    seen: dict[int, float],
    times: dict[int, int],
    fit: dict[int, tuple[bool, float]],
) -> Group:
    n = max(len(members), 1)
    return Group(
        organizations=len(members),
        impressions=sum(times.get(pk, 0) for pk in members),
        never_shown=sum(pk not in seen for pk in members),
        exposure=round(sum(seen.get(pk, 0.0) for pk in members) / n, 4),
        relevance=round(sum(fit[pk][1] for pk in members) / n, 4),
    )

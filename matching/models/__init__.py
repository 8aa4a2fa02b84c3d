"""Projections of listings, statistics of their words, rules, runs, matches and answers."""

from matching.models.matches import Match, MatchRun
from matching.models.projections import Audience, NeedDoc, OfferDoc
from matching.models.responses import DismissReason, MatchAnswer, MatchResponse
from matching.models.rules import Purpose, RuleSet
from matching.models.serving import (
    ClusterFairness,
    Impression,
    MatchCapacity,
    MatchInvitation,
    MatchOrder,
    Reconciliation,
)
from matching.models.sketches import NeedSketch, NeedSketchQuerySet
from matching.models.statistics import (
    FrequencyDelta,
    KeyFrequency,
    LexiconEntry,
    Side,
    TextEpoch,
)
from matching.models.teams import Team, TeamAnswer, TeamMember
from matching.models.told import ToldMatch

__all__ = [
    "Audience",
    "ClusterFairness",
    "DismissReason",
    "FrequencyDelta",
    "Impression",
    "KeyFrequency",
    "LexiconEntry",
    "Match",
    "MatchAnswer",
    "MatchCapacity",
    "MatchInvitation",
    "MatchOrder",
    "MatchResponse",
    "MatchRun",
    "NeedDoc",
    "NeedSketch",
    "NeedSketchQuerySet",
    "OfferDoc",
    "Purpose",
    "Reconciliation",
    "RuleSet",
    "Side",
    "Team",
    "TeamAnswer",
    "TeamMember",
    "TextEpoch",
    "ToldMatch",
]

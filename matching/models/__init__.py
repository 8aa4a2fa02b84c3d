"""Projections of listings, statistics of their words, rules, runs, matches and answers."""

from matching.models.matches import Match, MatchRun
from matching.models.projections import Audience, NeedDoc, OfferDoc
from matching.models.responses import DismissReason, MatchAnswer, MatchResponse
from matching.models.rules import Purpose, RuleSet
from matching.models.sketches import NeedSketch, NeedSketchQuerySet
from matching.models.statistics import (
    FrequencyDelta,
    KeyFrequency,
    LexiconEntry,
    Side,
    TextEpoch,
)

__all__ = [
    "Audience",
    "DismissReason",
    "FrequencyDelta",
    "KeyFrequency",
    "LexiconEntry",
    "Match",
    "MatchAnswer",
    "MatchResponse",
    "MatchRun",
    "NeedDoc",
    "NeedSketch",
    "NeedSketchQuerySet",
    "OfferDoc",
    "Purpose",
    "RuleSet",
    "Side",
    "TextEpoch",
]

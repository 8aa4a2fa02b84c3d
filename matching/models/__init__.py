"""Projections of listings, words, rules, runs and matches; answers, introductions, outcomes."""

from matching.models.introduction_words import (
    Additionality,
    IntroductionAbout,
    IntroductionChannel,
    IntroductionDecline,
    IntroductionSide,
    IntroductionStatus,
    IntroductionStep,
    OutcomeKind,
    QueuedFor,
    ValueBand,
)
from matching.models.introductions import (
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    IntroductionQuerySet,
    IntroductionReading,
    SharedContact,
    SharedContactView,
)
from matching.models.matches import Match, MatchRun
from matching.models.outcomes import (
    OrganizationBlock,
    Outcome,
    OutcomeReport,
    Reception,
)
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
    "Additionality",
    "Audience",
    "ClusterFairness",
    "DismissReason",
    "FrequencyDelta",
    "Impression",
    "Introduction",
    "IntroductionAbout",
    "IntroductionChannel",
    "IntroductionDecline",
    "IntroductionEvent",
    "IntroductionMessage",
    "IntroductionQuerySet",
    "IntroductionReading",
    "IntroductionSide",
    "IntroductionStatus",
    "IntroductionStep",
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
    "OrganizationBlock",
    "Outcome",
    "OutcomeKind",
    "OutcomeReport",
    "Purpose",
    "QueuedFor",
    "Reception",
    "Reconciliation",
    "RuleSet",
    "SharedContact",
    "SharedContactView",
    "Side",
    "Team",
    "TeamAnswer",
    "TeamMember",
    "TextEpoch",
    "ToldMatch",
    "ValueBand",
]

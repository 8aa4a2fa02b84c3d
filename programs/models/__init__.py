"""Programs, their calls, the criteria of both, who qualifies, and who was supported."""

from programs.models.awards import Award
from programs.models.calls import Call, CallQuerySet, CallStatus
from programs.models.criteria import CriterionKind, EligibilityCriterion
from programs.models.declarations import Declaration
from programs.models.links import ProgramTerritory
from programs.models.programs import (
    Instrument,
    PolicyRole,
    Program,
    ProgramQuerySet,
    ProgramStatus,
    Recurrence,
)
from programs.models.verdicts import Standing, Verdict, VerdictQuerySet

__all__ = [
    "Award",
    "Call",
    "CallQuerySet",
    "CallStatus",
    "CriterionKind",
    "Declaration",
    "EligibilityCriterion",
    "Instrument",
    "PolicyRole",
    "Program",
    "ProgramQuerySet",
    "ProgramStatus",
    "ProgramTerritory",
    "Recurrence",
    "Standing",
    "Verdict",
    "VerdictQuerySet",
]

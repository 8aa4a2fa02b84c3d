"""Programs, their calls, the criteria of both, who qualifies, and who was supported."""

from programs.models.answers import FactAnswer
from programs.models.awards import Award
from programs.models.calls import Call, CallQuerySet, CallStatus
from programs.models.criteria import (
    CriterionCheck,
    CriterionEffect,
    CriterionKind,
    CriterionScope,
    EligibilityCriterion,
)
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
from programs.models.units import UnitValue
from programs.models.verdicts import Standing, Verdict, VerdictQuerySet

__all__ = [
    "Award",
    "Call",
    "CallQuerySet",
    "CallStatus",
    "CriterionCheck",
    "CriterionEffect",
    "CriterionKind",
    "CriterionScope",
    "Declaration",
    "EligibilityCriterion",
    "FactAnswer",
    "Instrument",
    "PolicyRole",
    "Program",
    "ProgramQuerySet",
    "ProgramStatus",
    "ProgramTerritory",
    "Recurrence",
    "Standing",
    "UnitValue",
    "Verdict",
    "VerdictQuerySet",
]

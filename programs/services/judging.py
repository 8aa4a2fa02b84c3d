"""One call for one organization: the evaluator's answer, and what it means for a person."""

import datetime as dt
from dataclasses import dataclass, replace

from programs.eligibility.answers import Answer
from programs.eligibility.evaluate import Assessment, assess, mended_on
from programs.eligibility.facts import Facts
from programs.eligibility.findings import Reason, Result
from programs.models import Standing
from programs.services.rules import Tree

HORIZON = dt.timedelta(days=365)  # how far time may mend a refusal when no closing date is known


@dataclass(frozen=True)
class Judgment:
    """The assessment on a day, and from when time alone would lift a refusal."""

    standing: Standing
    assessment: Assessment
    mended_on: dt.date | None = None

    @property
    def unmet(self) -> int:
        """How many criteria are failed or unknown."""
        return sum(result.answer is not Answer.PASS for result in self.assessment.results)

    @property
    def blockers(self) -> list[str]:
        """The facts by which criteria fail, each once."""
        failed = [r for r in self.assessment.results if r.answer is Answer.FAIL]
        return sorted({fact for result in failed for fact in _failing_facts(result)})


def _failing_facts(result: Result) -> set[str]:
    leaves = [leaf.finding for leaf in result.leaves() if leaf.answer is Answer.FAIL]
    return {leaf.fact.value for leaf in leaves if leaf and leaf.fact}


def judge(*, criteria: Tree, facts: Facts, on: dt.date, last_day: dt.date | None) -> Judgment:
    """Assess, and tell a refusal that can still be mended from one that cannot.

    Time mends an age before the call's last day; a certificate that ran out can be renewed.
    """
    assessment = assess(criteria, facts, on)
    if assessment.answer is not Answer.FAIL:
        passes = assessment.answer is Answer.PASS
        return Judgment(Standing.MEETS if passes else Standing.MAY_MEET, assessment)
    renewed = assessment
    if _has_expired(assessment):
        facts = replace(facts, certificates={})
        renewed = assess(criteria, facts, on)
        if renewed.answer is not Answer.FAIL:
            return Judgment(Standing.MAY_MEET, assessment)
    day = mended_on(criteria, facts, renewed, last_day or on + HORIZON)
    return Judgment(Standing.MAY_MEET if day else Standing.CANNOT, assessment, day)


def _has_expired(assessment: Assessment) -> bool:
    leaves = (leaf.finding for result in assessment.results for leaf in result.leaves())
    return any(finding is not None and finding.reason is Reason.EXPIRED for finding in leaves)

"""Which words of a fact the criteria in force ask for."""

from programs.eligibility.facts import FactName
from programs.eligibility.kinds import POPULATION_GROUPS, TAX_ID_STATES
from programs.models import CriterionKind, EligibilityCriterion

ASKED_BY = {
    FactName.LEGAL_FORM: CriterionKind.LEGAL_FORM,
    FactName.TAX_CATEGORY: CriterionKind.TAX_CATEGORY,
    FactName.REPRESENTATIVE_NATIONALITY: CriterionKind.REPRESENTATIVE_NATIONALITY,
    FactName.STAGES: CriterionKind.CHAIN_STAGE,
    FactName.MARKETS: CriterionKind.MARKET_IN,
    FactName.QUALIFICATIONS: CriterionKind.QUALIFICATION,
    FactName.PURPOSES: CriterionKind.PURPOSE,
    FactName.SPONSORS: CriterionKind.SPONSOR,
}
CLOSED = {
    FactName.TAX_ID_STATUS: list(TAX_ID_STATES),
    FactName.POPULATION_GROUPS: list(POPULATION_GROUPS),
}


def asked_words(*, fact: FactName) -> list[str]:
    """Return the words that an organization may tick, sorted."""
    if fact in CLOSED:
        return CLOSED[fact]
    if fact not in ASKED_BY:
        return []
    rows = EligibilityCriterion.objects.filter(kind=ASKED_BY[fact])
    found = {
        word
        for parameters in rows.values_list("parameters", flat=True)
        for word in parameters.get("values", ())
    }
    return sorted(found)

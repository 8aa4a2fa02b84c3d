"""The table of rule kinds: the word stored in a criterion, and the rule that it means."""

from enum import StrEnum

from programs.eligibility.reading import Parameters
from programs.eligibility.rules.activity import ActivityIn
from programs.eligibility.rules.age import YearsSinceStart
from programs.eligibility.rules.base import Rule
from programs.eligibility.rules.declared import Declared
from programs.eligibility.rules.identity import ApplicantKind
from programs.eligibility.rules.people import WomenLed
from programs.eligibility.rules.place import Territory
from programs.eligibility.rules.size import SizeClass
from programs.eligibility.rules.standing import CertificateHeld


class Kind(StrEnum):
    """What a criterion tests, or how it combines those under it."""

    APPLICANT_KIND = "applicant_kind"
    TERRITORY = "territory"
    SIZE_CLASS = "size_class"
    ACTIVITY = "activity"
    YEARS_SINCE_START = "years_since_start"
    WOMEN_LED = "women_led"
    CERTIFICATE_HELD = "certificate_held"
    DECLARED = "declared"
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    K_OF_N = "k_of_n"


COMBINED = (Kind.ALL_OF, Kind.ANY_OF, Kind.K_OF_N)

RULES: dict[Kind, type[Rule]] = {
    Kind.APPLICANT_KIND: ApplicantKind,
    Kind.TERRITORY: Territory,
    Kind.SIZE_CLASS: SizeClass,
    Kind.ACTIVITY: ActivityIn,
    Kind.YEARS_SINCE_START: YearsSinceStart,
    Kind.WOMEN_LED: WomenLed,
    Kind.CERTIFICATE_HELD: CertificateHeld,
    Kind.DECLARED: Declared,
}


def read_rule(kind: Kind, parameters: Parameters) -> Rule:
    """Build the rule of a simple kind.

    Raises:
        InvalidParametersError: a parameter is absent, unknown or of the wrong form.
    """
    return RULES[kind].read(parameters)

"""The table of rule kinds: the word stored in a criterion, and the rule that it means."""

from collections.abc import Callable
from enum import StrEnum

from programs.eligibility.facts import FactName
from programs.eligibility.reading import Parameters
from programs.eligibility.rules.activity import ActivityIn
from programs.eligibility.rules.age import Constituted, YearsSinceStart
from programs.eligibility.rules.amounts import Between, MoneyBetween, SpendingHead
from programs.eligibility.rules.base import Rule
from programs.eligibility.rules.declared import Affirmed, Clear, Declared
from programs.eligibility.rules.identity import ApplicantKind
from programs.eligibility.rules.partners import PartnerOfKind
from programs.eligibility.rules.people import WomenLed
from programs.eligibility.rules.place import ExecutionIn, Territory
from programs.eligibility.rules.sales import ImportsShare, YearlyBetween
from programs.eligibility.rules.size import SizeClass
from programs.eligibility.rules.standing import HeldInForce, PreviousAward
from programs.eligibility.rules.words import Among


class Kind(StrEnum):
    """What a criterion tests, by family, or how it combines those under it."""

    # identity
    APPLICANT_KIND = "applicant_kind"
    LEGAL_FORM = "legal_form"
    REGISTERED_IN = "registered_in"
    TAX_CATEGORY = "tax_category"
    TAX_ID_STATUS = "tax_id_status"
    NOT_STARTED = "not_started"
    REGISTRATION_HELD = "registration_held"
    REPRESENTATIVE_NATIONALITY = "representative_nationality"
    REPRESENTATIVE_AGE = "representative_age"
    # age
    YEARS_SINCE_START = "years_since_start"
    CONSTITUTED = "constituted"
    # size
    SALES = "sales"
    BALANCE = "balance"
    HEADCOUNT = "headcount"
    SIZE_CLASS = "size_class"
    FOREIGN_SHARE = "foreign_share"
    IMPORTS_SHARE = "imports_share"
    INDEPENDENT = "independent"
    # sector and territory
    ACTIVITY = "activity"
    CHAIN_STAGE = "chain_stage"
    TERRITORY = "territory"
    EXECUTION_IN = "execution_in"
    MARKET_IN = "market_in"
    # standing
    NO_DEBT = "no_debt"
    NOT_BARRED = "not_barred"
    NOT_IN_REGISTER = "not_in_register"
    NOT_INSOLVENT = "not_insolvent"
    NOT_IN_DIFFICULTY = "not_in_difficulty"
    CLEAN_RECORD = "clean_record"
    NO_CONFLICT = "no_conflict"
    PREVIOUS_AWARD = "previous_award"
    OPEN_AWARDS = "open_awards"
    AID_RECEIVED = "aid_received"
    NO_DOUBLE_FUNDING = "no_double_funding"
    CERTIFICATE_HELD = "certificate_held"
    DECLARED = "declared"
    # people
    WOMEN_LED = "women_led"
    YOUTH_LED = "youth_led"
    POPULATION_GROUP = "population_group"
    QUALIFICATION = "qualification"
    # project
    TRL_START = "trl_start"
    TRL_END = "trl_end"
    DURATION = "duration"
    BUDGET = "budget"
    REQUESTED = "requested"
    COUNTERPART_SHARE = "counterpart_share"
    CASH_SHARE = "cash_share"
    SPENDING_HEAD = "spending_head"
    JOBS = "jobs"
    PURPOSE = "purpose"
    CIVIL_PURPOSE = "civil_purpose"
    DIAGNOSTIC_DONE = "diagnostic_done"
    TRAINING_DONE = "training_done"
    SPONSOR = "sponsor"
    # consortium
    PARTNER_COUNT = "partner_count"
    INDEPENDENT_PARTNERS = "independent_partners"
    COUNTRY_COUNT = "country_count"
    PARTNER_OF_KIND = "partner_of_kind"
    LEAD_KIND = "lead_kind"
    PARTNER_SHARE = "partner_share"
    COUNTRY_SHARE = "country_share"
    SME_SHARE = "sme_share"
    BENEFICIARY_COUNT = "beneficiary_count"
    # combined
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    K_OF_N = "k_of_n"
    UNLESS = "unless"  # the first part holds, or one of the exceptions after it does


COMBINED = (Kind.ALL_OF, Kind.ANY_OF, Kind.K_OF_N, Kind.UNLESS)

DEBTS = ("tax", "social_security", "labor", "coercive", "support_recovery")
REGISTERS = ("alimony_debtors", "environmental_sanctions", "export_control", "public_debarment")
TAX_ID_STATES = ("active", "located")  # Peru asks for both: "activo" and "habido"
POPULATION_GROUPS = (
    "victims",
    "ethnic",
    "rural",
    "disability",
    "migrants",
    "youth",
    "heads_of_household",
)

Reader = Callable[[Parameters], Rule]

AFFIRMED: dict[Kind, str] = {
    Kind.NOT_STARTED: "not-started",
    Kind.INDEPENDENT: "independent",
    Kind.NOT_BARRED: "not-barred",
    Kind.NOT_INSOLVENT: "not-insolvent",
    Kind.NOT_IN_DIFFICULTY: "not-in-difficulty",
    Kind.CLEAN_RECORD: "clean-record",
    Kind.NO_CONFLICT: "no-conflict",
    Kind.NO_DOUBLE_FUNDING: "no-double-funding",
    Kind.YOUTH_LED: "youth-led",
    Kind.CIVIL_PURPOSE: "civil-purpose",
}

RULES: dict[Kind, Reader] = {
    **{kind: Affirmed.reader(question) for kind, question in AFFIRMED.items()},
    Kind.APPLICANT_KIND: ApplicantKind.read,
    Kind.LEGAL_FORM: Among.reader(FactName.LEGAL_FORM),
    Kind.REGISTERED_IN: Among.reader(FactName.COUNTRY),
    Kind.TAX_CATEGORY: Among.reader(FactName.TAX_CATEGORY),
    Kind.TAX_ID_STATUS: Among.reader(FactName.TAX_ID_STATUS, TAX_ID_STATES),
    Kind.REGISTRATION_HELD: HeldInForce.reader(FactName.REGISTRATIONS, "registers"),
    Kind.REPRESENTATIVE_NATIONALITY: Among.reader(FactName.REPRESENTATIVE_NATIONALITY),
    Kind.REPRESENTATIVE_AGE: Between.reader(FactName.REPRESENTATIVE_AGE),
    Kind.YEARS_SINCE_START: YearsSinceStart.read,
    Kind.CONSTITUTED: Constituted.read,
    Kind.SALES: YearlyBetween.reader(FactName.SALES),
    Kind.BALANCE: YearlyBetween.reader(FactName.BALANCE),
    Kind.HEADCOUNT: Between.reader(FactName.HEADCOUNT),
    Kind.SIZE_CLASS: SizeClass.read,
    Kind.FOREIGN_SHARE: Between.reader(FactName.FOREIGN_PCT),
    Kind.IMPORTS_SHARE: ImportsShare.read,
    Kind.ACTIVITY: ActivityIn.read,
    Kind.CHAIN_STAGE: Among.reader(FactName.STAGES),
    Kind.TERRITORY: Territory.read,
    Kind.EXECUTION_IN: ExecutionIn.read,
    Kind.MARKET_IN: Among.reader(FactName.MARKETS),
    Kind.NO_DEBT: Clear.reader("no-debt", "debts", DEBTS),
    Kind.NOT_IN_REGISTER: Clear.reader("not-in-register", "registers", REGISTERS),
    Kind.PREVIOUS_AWARD: PreviousAward.read,
    Kind.OPEN_AWARDS: Between.reader(FactName.OPEN_AWARDS),
    Kind.AID_RECEIVED: MoneyBetween.reader(FactName.AID_3Y),
    Kind.CERTIFICATE_HELD: HeldInForce.reader(FactName.CERTIFICATES, "standards"),
    Kind.DECLARED: Declared.read,
    Kind.WOMEN_LED: WomenLed.read,
    Kind.POPULATION_GROUP: Among.reader(FactName.POPULATION_GROUPS, POPULATION_GROUPS),
    Kind.QUALIFICATION: Among.reader(FactName.QUALIFICATIONS),
    Kind.TRL_START: Between.reader(FactName.TRL_START),
    Kind.TRL_END: Between.reader(FactName.TRL_END),
    Kind.DURATION: Between.reader(FactName.DURATION_MONTHS),
    Kind.BUDGET: MoneyBetween.reader(FactName.BUDGET),
    Kind.REQUESTED: MoneyBetween.reader(FactName.REQUESTED),
    Kind.COUNTERPART_SHARE: Between.reader(FactName.COUNTERPART_PCT),
    Kind.CASH_SHARE: Between.reader(FactName.CASH_PCT),
    Kind.SPENDING_HEAD: SpendingHead.read,
    Kind.JOBS: Between.reader(FactName.JOBS),
    Kind.PURPOSE: Among.reader(FactName.PURPOSES),
    Kind.DIAGNOSTIC_DONE: HeldInForce.reader(FactName.COMPLETED, "diagnostics"),
    Kind.TRAINING_DONE: HeldInForce.reader(FactName.COMPLETED, "trainings"),
    Kind.SPONSOR: Among.reader(FactName.SPONSORS),
    Kind.PARTNER_COUNT: Between.reader(FactName.PARTNER_COUNT),
    Kind.INDEPENDENT_PARTNERS: Between.reader(FactName.INDEPENDENT_PARTNERS),
    Kind.COUNTRY_COUNT: Between.reader(FactName.PARTNER_COUNTRIES),
    Kind.PARTNER_OF_KIND: PartnerOfKind.read,
    Kind.LEAD_KIND: Among.reader(FactName.LEAD_KIND),
    Kind.PARTNER_SHARE: Between.reader(FactName.LARGEST_SHARE_PCT),
    Kind.COUNTRY_SHARE: Between.reader(FactName.LARGEST_COUNTRY_PCT),
    Kind.SME_SHARE: Between.reader(FactName.SME_COST_PCT),
    Kind.BENEFICIARY_COUNT: Between.reader(FactName.BENEFICIARY_COUNT),
}


# Questions that every program asks in the same words: answered once, they serve all of them.
QUESTIONS = frozenset(
    {
        *AFFIRMED.values(),
        *(f"no-debt.{debt}" for debt in DEBTS),
        *(f"not-in-register.{register}" for register in REGISTERS),
    }
)


def read_rule(kind: Kind, parameters: Parameters) -> Rule:
    """Build the rule of a simple kind.

    Raises:
        InvalidParametersError: a parameter is absent, unknown or of the wrong form.
    """
    return RULES[kind](parameters)

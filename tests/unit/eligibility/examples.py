"""One readable set of parameters of each simple kind, and facts that pass, fail and are lacking."""

from decimal import Decimal
from typing import Any

from programs.eligibility.facts import Award, Fact, FactName, Held, Value
from programs.eligibility.kinds import Kind
from programs.eligibility.values import Amount, Interval, YearAmount
from tests.unit.eligibility.make import SELF, day

F = FactName

EXAMPLES: dict[Kind, dict[str, Any]] = {
    Kind.APPLICANT_KIND: {"kinds": ["firm"]},
    Kind.LEGAL_FORM: {"values": ["sa", "srl"]},
    Kind.REGISTERED_IN: {"values": ["CL"]},
    Kind.TAX_CATEGORY: {"values": ["first"]},
    Kind.TAX_ID_STATUS: {"values": ["active", "located"], "every": True},
    Kind.NOT_STARTED: {},
    Kind.REGISTRATION_HELD: {"registers": ["reniecyt"]},
    Kind.REPRESENTATIVE_NATIONALITY: {"values": ["CO"]},
    Kind.REPRESENTATIVE_AGE: {"min": 18, "max": 28},
    Kind.YEARS_SINCE_START: {"min": "P1Y"},
    Kind.CONSTITUTED: {},
    Kind.SALES: {"min": 200, "max": 25000, "unit": "UF"},
    Kind.BALANCE: {"max": 43000000, "unit": "EUR"},
    Kind.HEADCOUNT: {"max": 249},
    Kind.SIZE_CLASS: {"sizes": ["micro"]},
    Kind.FOREIGN_SHARE: {"max": 49},
    Kind.IMPORTS_SHARE: {"max": 25},
    Kind.INDEPENDENT: {},
    Kind.ACTIVITY: {"activities": ["C/11"]},
    Kind.CHAIN_STAGE: {"values": ["cooperage"]},
    Kind.TERRITORY: {"units": ["CL/CL-LI"]},
    Kind.EXECUTION_IN: {"units": ["CL/CL-TA"], "every": True},
    Kind.MARKET_IN: {"values": ["US"]},
    Kind.NO_DEBT: {"debts": ["tax", "labor"]},
    Kind.NOT_BARRED: {},
    Kind.NOT_IN_REGISTER: {"registers": ["alimony_debtors"]},
    Kind.NOT_INSOLVENT: {},
    Kind.NOT_IN_DIFFICULTY: {},
    Kind.CLEAN_RECORD: {},
    Kind.NO_CONFLICT: {},
    Kind.PREVIOUS_AWARD: {"earlier": "none", "cooling_off": "P24M"},
    Kind.OPEN_AWARDS: {"max": 1},
    Kind.AID_RECEIVED: {"max": 300000, "unit": "EUR"},
    Kind.NO_DOUBLE_FUNDING: {},
    Kind.CERTIFICATE_HELD: {"standards": ["iso-9001"]},
    Kind.DECLARED: {"question": "q"},
    Kind.WOMEN_LED: {"definition": "board_and_capital"},
    Kind.YOUTH_LED: {},
    Kind.POPULATION_GROUP: {"values": ["victims", "rural"]},
    Kind.QUALIFICATION: {"values": ["doctorate"]},
    Kind.TRL_START: {"min": 3},
    Kind.TRL_END: {"max": 8},
    Kind.DURATION: {"max": 24},
    Kind.BUDGET: {"min": 175000, "unit": "EUR"},
    Kind.REQUESTED: {"max": 100, "unit": "UTM"},
    Kind.COUNTERPART_SHARE: {"min": 20},
    Kind.CASH_SHARE: {"min": 50},
    Kind.SPENDING_HEAD: {"head": "management", "max": 20},
    Kind.JOBS: {"min": 3},
    Kind.PURPOSE: {"values": ["sustainability"]},
    Kind.CIVIL_PURPOSE: {},
    Kind.DIAGNOSTIC_DONE: {"diagnostics": ["digital"], "max_age": "P12M"},
    Kind.TRAINING_DONE: {"trainings": ["ruta-emprendedora"]},
    Kind.SPONSOR: {"values": ["incubator"]},
    Kind.PARTNER_COUNT: {"min": 2},
    Kind.INDEPENDENT_PARTNERS: {"min": 2},
    Kind.COUNTRY_COUNT: {"min": 2},
    Kind.PARTNER_OF_KIND: {"kinds": ["university"]},
    Kind.LEAD_KIND: {"values": ["firm"]},
    Kind.PARTNER_SHARE: {"max": 70},
    Kind.COUNTRY_SHARE: {"max": 70},
    Kind.SME_SHARE: {"min": 50},
    Kind.BENEFICIARY_COUNT: {"min": 5},
}


def number(value: str) -> Interval:
    return Interval.exactly(Decimal(value))


def euros(value: str) -> Amount:
    return Amount(number(value), "EUR")


# For each kind that goes by a fact of ``more``: a value that passes, and one that fails.
VALUES: dict[Kind, tuple[FactName, Value, Value]] = {
    Kind.LEGAL_FORM: (F.LEGAL_FORM, frozenset({"sa"}), frozenset({"ong"})),
    Kind.REGISTERED_IN: (F.COUNTRY, frozenset({"CL"}), frozenset({"PE"})),
    Kind.TAX_CATEGORY: (F.TAX_CATEGORY, frozenset({"first"}), frozenset({"second"})),
    Kind.TAX_ID_STATUS: (
        F.TAX_ID_STATUS,
        frozenset({"active", "located"}),
        frozenset({"active"}),
    ),
    Kind.REPRESENTATIVE_NATIONALITY: (
        F.REPRESENTATIVE_NATIONALITY,
        frozenset({"CO"}),
        frozenset({"VE"}),
    ),
    Kind.REPRESENTATIVE_AGE: (F.REPRESENTATIVE_AGE, number("28"), number("29")),
    Kind.BALANCE: (
        F.BALANCE,
        (YearAmount(2025, euros("43000000")),),
        (YearAmount(2025, euros("43000000.01")),),
    ),
    Kind.HEADCOUNT: (F.HEADCOUNT, number("249"), number("250")),
    Kind.FOREIGN_SHARE: (F.FOREIGN_PCT, number("49"), number("49.01")),
    Kind.IMPORTS_SHARE: (
        F.SALES,
        (YearAmount(2025, euros("1"), None, number("25")),),
        (YearAmount(2025, euros("1"), None, number("26")),),
    ),
    Kind.CHAIN_STAGE: (F.STAGES, frozenset({"cooperage"}), frozenset({"glass"})),
    Kind.EXECUTION_IN: (F.EXECUTION_PLACES, (("CL", "CL-TA"),), (("CL", "CL-LI"),)),
    Kind.MARKET_IN: (F.MARKETS, frozenset({"US", "CN"}), frozenset({"CN"})),
    Kind.PREVIOUS_AWARD: (
        F.AWARDS,
        (Award("old", day("2020-01-01"), day("2022-01-01"), True),),
        (Award("new", day("2025-01-01")),),
    ),
    Kind.OPEN_AWARDS: (F.OPEN_AWARDS, number("1"), number("2")),
    Kind.AID_RECEIVED: (F.AID_3Y, euros("300000"), euros("300001")),
    Kind.POPULATION_GROUP: (F.POPULATION_GROUPS, frozenset({"rural"}), frozenset({"migrants"})),
    Kind.QUALIFICATION: (F.QUALIFICATIONS, frozenset({"doctorate"}), frozenset({"degree"})),
    Kind.TRL_START: (F.TRL_START, number("3"), number("2")),
    Kind.TRL_END: (F.TRL_END, number("8"), number("9")),
    Kind.DURATION: (F.DURATION_MONTHS, number("24"), number("25")),
    Kind.BUDGET: (F.BUDGET, euros("175000"), euros("174999")),
    Kind.COUNTERPART_SHARE: (F.COUNTERPART_PCT, number("20"), number("19.9")),
    Kind.CASH_SHARE: (F.CASH_PCT, number("50"), number("49")),
    Kind.SPENDING_HEAD: (F.SPENDING, {"management": number("20")}, {"management": number("21")}),
    Kind.JOBS: (F.JOBS, number("3"), number("2")),
    Kind.PURPOSE: (F.PURPOSES, frozenset({"sustainability"}), frozenset({"export"})),
    Kind.SPONSOR: (F.SPONSORS, frozenset({"incubator"}), frozenset({"bank"})),
    Kind.PARTNER_COUNT: (F.PARTNER_COUNT, number("2"), number("1")),
    Kind.INDEPENDENT_PARTNERS: (F.INDEPENDENT_PARTNERS, number("2"), number("1")),
    Kind.COUNTRY_COUNT: (F.PARTNER_COUNTRIES, number("2"), number("1")),
    Kind.PARTNER_OF_KIND: (F.PARTNER_KINDS, frozenset({"university"}), frozenset({"firm"})),
    Kind.LEAD_KIND: (F.LEAD_KIND, frozenset({"firm"}), frozenset({"ngo"})),
    Kind.PARTNER_SHARE: (F.LARGEST_SHARE_PCT, number("70"), number("71")),
    Kind.COUNTRY_SHARE: (F.LARGEST_COUNTRY_PCT, number("70"), number("71")),
    Kind.SME_SHARE: (F.SME_COST_PCT, number("50"), number("49")),
    Kind.BENEFICIARY_COUNT: (F.BENEFICIARY_COUNT, number("5"), number("4")),
}


def told(name: FactName, value: Value) -> dict[FactName, Fact[Value]]:
    return {name: Fact(value, SELF)}


def held(since: str, until: str = "") -> tuple[Held, ...]:
    return (Held(day(since), day(until) if until else None),)

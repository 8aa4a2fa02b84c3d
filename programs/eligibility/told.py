"""The form that each answered fact has, and its reading from stored JSON."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from programs.eligibility.facts import FactName, Value
from programs.eligibility.values import Amount, Interval, YearAmount


class Form(StrEnum):
    """How a fact is answered."""

    COUNT = "count"  # a whole number
    PERCENT = "percent"  # 0 to 100
    MONEY = "money"  # an amount and its currency
    YEARS = "years"  # amounts of fiscal years
    WORDS = "words"  # words of a list
    DAY = "day"


FORMS: dict[FactName, Form] = {
    FactName.LEGAL_FORM: Form.WORDS,
    FactName.TAX_CATEGORY: Form.WORDS,
    FactName.TAX_ID_STATUS: Form.WORDS,
    FactName.REPRESENTATIVE_NATIONALITY: Form.WORDS,
    FactName.REPRESENTATIVE_AGE: Form.COUNT,
    FactName.FIRST_INVOICE_ON: Form.DAY,
    FactName.SALES: Form.YEARS,
    FactName.BALANCE: Form.YEARS,
    FactName.HEADCOUNT: Form.COUNT,
    FactName.MEMBER_COUNT: Form.COUNT,
    FactName.FOREIGN_PCT: Form.PERCENT,
    FactName.STAGES: Form.WORDS,
    FactName.MARKETS: Form.WORDS,
    FactName.OPEN_AWARDS: Form.COUNT,
    FactName.AID_3Y: Form.MONEY,
    FactName.WOMEN_BOARD_PCT: Form.PERCENT,
    FactName.WOMEN_CAPITAL_PCT: Form.PERCENT,
    FactName.QUALIFICATIONS: Form.WORDS,
    FactName.TRL_START: Form.COUNT,
    FactName.TRL_END: Form.COUNT,
    FactName.DURATION_MONTHS: Form.COUNT,
    FactName.BUDGET: Form.MONEY,
    FactName.REQUESTED: Form.MONEY,
    FactName.COUNTERPART_PCT: Form.PERCENT,
    FactName.CASH_PCT: Form.PERCENT,
    FactName.JOBS: Form.COUNT,
    FactName.PURPOSES: Form.WORDS,
    FactName.SPONSORS: Form.WORDS,
    FactName.PARTNER_COUNT: Form.COUNT,
    FactName.INDEPENDENT_PARTNERS: Form.COUNT,
    FactName.PARTNER_COUNTRIES: Form.COUNT,
    FactName.PARTNER_KINDS: Form.WORDS,
    FactName.LEAD_KIND: Form.WORDS,
    FactName.LARGEST_SHARE_PCT: Form.PERCENT,
    FactName.LARGEST_COUNTRY_PCT: Form.PERCENT,
    FactName.SME_COST_PCT: Form.PERCENT,
    FactName.BENEFICIARY_COUNT: Form.COUNT,
}

# What differs from project to project: told for one call, and never carried to another.
OF_PROJECT = frozenset(
    {
        FactName.TRL_START,
        FactName.TRL_END,
        FactName.DURATION_MONTHS,
        FactName.BUDGET,
        FactName.REQUESTED,
        FactName.COUNTERPART_PCT,
        FactName.CASH_PCT,
        FactName.JOBS,
        FactName.PURPOSES,
        FactName.SPONSORS,
        FactName.PARTNER_COUNT,
        FactName.INDEPENDENT_PARTNERS,
        FactName.PARTNER_COUNTRIES,
        FactName.PARTNER_KINDS,
        FactName.LEAD_KIND,
        FactName.LARGEST_SHARE_PCT,
        FactName.LARGEST_COUNTRY_PCT,
        FactName.SME_COST_PCT,
        FactName.BENEFICIARY_COUNT,
    }
)
MOST = Decimal(10) ** 15
HUNDRED = Decimal(100)
MAX_WORDS = 40


class UnreadableAnswerError(ValueError):
    """A stored or given answer is not of the form of its fact."""


def read_value(fact: FactName, data: object) -> Value:
    """Read an answer: a number as text, ``{"amount", "currency"}``, a list of words or years.

    Raises:
        UnreadableAnswerError: it is not of the form of the fact, or out of range.
    """
    form = FORMS.get(fact)
    if form is Form.COUNT:
        return Interval.exactly(_whole(data))
    if form is Form.PERCENT:
        return Interval.exactly(_number(data, HUNDRED))
    if form is Form.MONEY:
        return _amount(data)
    if form is Form.DAY:
        return _day(data)
    if form is Form.WORDS:
        return _words(data)
    if form is Form.YEARS and isinstance(data, list) and 0 < len(data) <= 10:
        return tuple(_year(item) for item in data)
    raise UnreadableAnswerError(fact)


def _number(data: object, most: Decimal = MOST) -> Decimal:
    try:
        value = Decimal(str(data))
    except InvalidOperation as error:
        raise UnreadableAnswerError(data) from error
    if isinstance(data, bool) or not value.is_finite() or not 0 <= value <= most:
        raise UnreadableAnswerError(data)
    return value


def _whole(data: object) -> Decimal:
    value = _number(data)
    if value != value.to_integral_value():
        raise UnreadableAnswerError(data)
    return value


def _amount(data: object) -> Amount:
    if not isinstance(data, Mapping):
        raise UnreadableAnswerError(data)
    currency = data.get("currency")
    if not isinstance(currency, str) or len(currency) != 3 or not currency.isupper():
        raise UnreadableAnswerError(data)
    return Amount(Interval.exactly(_number(data.get("amount"))), currency)


def _day(data: object) -> dt.date:
    try:
        return dt.date.fromisoformat(str(data))
    except ValueError as error:
        raise UnreadableAnswerError(data) from error


def _words(data: object) -> frozenset[str]:
    if not isinstance(data, list) or not 0 < len(data) <= MAX_WORDS:
        raise UnreadableAnswerError(data)
    if not all(isinstance(word, str) and 0 < len(word) <= 80 for word in data):
        raise UnreadableAnswerError(data)
    return frozenset(data)


def _year(data: object) -> YearAmount:
    if not isinstance(data, Mapping):
        raise UnreadableAnswerError(data)
    year = int(_whole(data.get("year")))
    if not 1950 <= year <= 2200:
        raise UnreadableAnswerError(data)
    exports, imports = (
        None if data.get(name) is None else Interval.exactly(_number(data[name], HUNDRED))
        for name in ("exports_pct", "imports_pct")
    )
    return YearAmount(year, _amount(data), exports, imports)

"""Figures of organizations and their answers to questions of programs, as facts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from firms.models import AnnualFigures, Band, Headcount, PeopleBand
from programs.eligibility.facts import Award as Given
from programs.eligibility.facts import Fact, FactName, Origin, Provenance, Value
from programs.eligibility.told import UnreadableAnswerError, read_value
from programs.eligibility.values import Amount, Interval, YearAmount
from programs.models import Award, FactAnswer

CURRENCY = "USD"  # of the bands
BANDS: Mapping[str, Interval] = {
    Band.TO_25K: Interval(Decimal(0), Decimal(25_000)),
    Band.TO_100K: Interval(Decimal(25_000), Decimal(100_000)),
    Band.TO_1M: Interval(Decimal(100_000), Decimal(1_000_000)),
    Band.TO_5M: Interval(Decimal(1_000_000), Decimal(5_000_000)),
    Band.TO_25M: Interval(Decimal(5_000_000), Decimal(25_000_000)),
    Band.TO_100M: Interval(Decimal(25_000_000), Decimal(100_000_000)),
    Band.OVER_100M: Interval(Decimal(100_000_000), None),
}
PEOPLE: Mapping[str, Interval] = {
    PeopleBand.NONE: Interval(Decimal(0), Decimal(0)),
    PeopleBand.TO_4: Interval(Decimal(1), Decimal(4)),
    PeopleBand.TO_9: Interval(Decimal(5), Decimal(9)),
    PeopleBand.TO_49: Interval(Decimal(10), Decimal(49)),
    PeopleBand.TO_199: Interval(Decimal(50), Decimal(199)),
    PeopleBand.TO_249: Interval(Decimal(200), Decimal(249)),
    PeopleBand.TO_499: Interval(Decimal(250), Decimal(499)),
    PeopleBand.OVER_499: Interval(Decimal(500), None),
}
MONEY_OF_A_YEAR = (FactName.SALES, FactName.BALANCE)
Named = dict[FactName, Fact[Value]]


@dataclass
class Further:
    """An organization's figures and answers, and those about its project for one call."""

    own: Named = field(default_factory=dict)
    projects: dict[int, Named] = field(default_factory=lambda: defaultdict(dict))


def further_facts(*, organizations: Collection[int], exact: bool = True) -> dict[int, Further]:
    """Return figures and answers by organization; an answer counts before a figure.

    Unless ``exact``, money of a year is as its band tells it: the amount is for administrators.
    """
    found: dict[int, Further] = defaultdict(Further)
    _add_years(found, organizations, exact)
    for row in Headcount.objects.filter(organization__in=organizations).order_by("as_of", "pk"):
        own = found[row.organization_id].own
        known = own.get(FactName.HEADCOUNT)
        if known is None or (known.provenance.as_of or dt.date.min) <= row.as_of:
            told = Provenance(Origin.PROFILE, row.as_of)
            own[FactName.HEADCOUNT] = Fact(Interval.exactly(row.total), told)
    _add_awards(found, organizations)
    answers = FactAnswer.objects.filter(organization__in=organizations).order_by("pk")
    for answer in answers if exact else answers.exclude(fact__in=MONEY_OF_A_YEAR):
        _add_answer(found[answer.organization_id], answer)
    return found


def _add_years(found: dict[int, Further], organizations: Collection[int], exact: bool) -> None:
    rows = AnnualFigures.objects.filter(organization__in=organizations).order_by(
        "-fiscal_year", "pk"
    )
    years: dict[tuple[int, FactName], list[YearAmount]] = defaultdict(list)
    for row in rows:
        shares = _share(row.exports_pct), _share(row.imports_pct)
        told_of_year = {
            FactName.SALES: (exact and _exact_sales(row)) or _band(row.sales_band),
            FactName.BALANCE: _band(row.balance_band),
        }
        for name, amount in told_of_year.items():
            if amount:
                year = YearAmount(row.fiscal_year, amount, *shares)
                years[row.organization_id, name].append(year)
        people = found[row.organization_id].own
        if row.people_band and FactName.HEADCOUNT not in people:
            closing = Provenance(Origin.PROFILE, dt.date(row.fiscal_year, 12, 31))
            people[FactName.HEADCOUNT] = Fact(PEOPLE[row.people_band], closing)
    for (key, name), amounts in years.items():
        told = Provenance(Origin.PROFILE, dt.date(amounts[0].year, 12, 31))
        found[key].own[name] = Fact(tuple(amounts), told)


def _exact_sales(row: AnnualFigures) -> Amount | None:
    if row.sales_amount is None:
        return None
    return Amount(Interval.exactly(row.sales_amount), row.currency)


def _band(code: str) -> Amount | None:
    return Amount(BANDS[code], CURRENCY) if code else None


def _add_awards(found: dict[int, Further], organizations: Collection[int]) -> None:
    """Add the support that is on record; where none is, nobody says that there was none."""
    rows = Award.objects.filter(organization__in=organizations).order_by("year", "pk")
    for key, slug, year in rows.values_list("organization_id", "program__slug", "year"):
        given = Given(slug, dt.date(year, 12, 31))
        known = found[key].own.get(FactName.AWARDS)
        earlier = known.value if known and isinstance(known.value, tuple) else ()
        told = Provenance(Origin.LISTED, given.awarded_on)
        awards = tuple(row for row in earlier if isinstance(row, Given))
        found[key].own[FactName.AWARDS] = Fact((*awards, given), told)


def _share(percent: Decimal | None) -> Interval | None:
    return None if percent is None else Interval.exactly(percent)


def _add_answer(further: Further, answer: FactAnswer) -> None:
    """Add an answer; one that this version cannot read is as if it were not given."""
    if answer.fact not in list(FactName):
        return
    name = FactName(answer.fact)
    try:
        value = read_value(name, answer.value)
    except UnreadableAnswerError:
        return
    told = Fact(value, Provenance(Origin.DECLARED, answer.answered_on))
    (further.projects[answer.call_id] if answer.call_id else further.own)[name] = told

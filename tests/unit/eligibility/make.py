"""Short ways to write facts and criteria in tests."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from programs.eligibility.evaluate import Criterion, build
from programs.eligibility.facts import (
    Activity,
    Fact,
    FactName,
    Facts,
    Held,
    Origin,
    Place,
    Provenance,
    Value,
)
from programs.eligibility.terms import Terms
from programs.eligibility.units import NO_UNITS, UnitTable

SELF = Provenance(Origin.PROFILE, dt.date(2026, 3, 1))
TODAY = dt.date(2026, 11, 24)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def facts(
    kind: str = "firm",
    places: tuple[str, ...] = ("CL/CL-LI",),
    headquarters: tuple[str, ...] | None = None,
    sizes: tuple[str, ...] = (),
    activities: tuple[Activity, ...] | None = None,
    started: str = "",
    founded: str = "",
    women_led: bool | None = None,
    certificates: dict[str, tuple[Held, ...]] | None = None,
    declarations: dict[str, bool] | None = None,
    more: Mapping[FactName, Value] | None = None,
    units: UnitTable = NO_UNITS,
) -> Facts:
    main = places if headquarters is None else headquarters
    return Facts(
        kind=Fact(kind, SELF),
        places=Fact(
            tuple(Place(tuple(text.split("/")), text in main) for text in {*places, *main}), SELF
        ),
        sizes=Fact(sizes, SELF) if sizes else None,
        activities=Fact(activities, SELF) if activities is not None else None,
        started_on=Fact(day(started), SELF) if started else None,
        founded_on=Fact(day(founded), SELF) if founded else None,
        women_led=None if women_led is None else Fact(women_led, SELF),
        certificates={code: Fact(held, SELF) for code, held in (certificates or {}).items()},
        declarations={key: Fact(said, SELF) for key, said in (declarations or {}).items()},
        more={name: Fact(value, SELF) for name, value in (more or {}).items()},
        units=units,
    )


def activity(path: str, main: bool = True, since: str = "") -> Activity:
    return Activity(tuple(path.split("/")), main, day(since) if since else None)


def node(
    key: int,
    kind: str,
    parameters: object,
    negated: bool = False,
    children: Sequence[Criterion] = (),
    terms: Terms | None = None,
) -> Criterion:
    return build(key, kind, json.dumps(parameters), children, terms or Terms(negated=negated))


def rule(kind: str, negated: bool = False, **parameters: object) -> Criterion:
    return node(1, kind, parameters, negated)

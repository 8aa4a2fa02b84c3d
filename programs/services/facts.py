"""The one place that gathers what is known of organizations, with date and provenance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from firms.models import (
    Certificate,
    Organization,
    OrganizationActivity,
    Registration,
    Site,
    Verification,
)
from firms.models.sites import SiteKind
from programs.eligibility.facts import (
    Activity,
    Fact,
    FactName,
    Facts,
    Held,
    Origin,
    Path,
    Place,
    Provenance,
)
from programs.eligibility.values import Interval
from programs.models import Declaration
from programs.services.figures import Named, further_facts
from programs.services.units import unit_table

COLUMNS = (
    "kind",
    "country__code",
    "size_class",
    "activity_start_on",
    "founded_on",
    "leadership__women_led",
    "leadership__women_on_board_pct",
    "leadership__women_capital_pct",
    "ownership__foreign_pct",
    "verification",
    "verified_on",
    "last_confirmed_on",
    "source",
)
Grouped = dict[int, list[Any]]

# A division and those above it; deeper trees need one more step here.
UNIT_CODES = (
    "admin_unit__parent__parent__code",
    "admin_unit__parent__code",
    "admin_unit__code",
)


def gather_facts(*, organizations: Collection[int], exact: bool = True) -> dict[int, Facts]:
    """Return the facts of organizations by primary key, in eleven queries whatever their number."""
    places = _sites(organizations)
    activities = _activities(organizations)
    certificates = _certificates(organizations)
    declarations = _declarations(organizations)
    more = further_facts(organizations=organizations, exact=exact)
    registrations = _registrations(organizations)
    rows = Organization.objects.filter(pk__in=organizations).values("pk", *COLUMNS)
    units = unit_table()
    found = {}
    for row in rows:
        told, key = _provenance(row), row["pk"]
        found[key] = Facts(
            kind=Fact(row["kind"], told),
            places=Fact(_places(row["country__code"], places[key]), told),
            sizes=Fact((row["size_class"],), told) if row["size_class"] else None,
            activities=Fact(tuple(sorted(activities[key], key=_main_first)), told)
            if activities[key]
            else None,
            started_on=_known(row["activity_start_on"], told),
            founded_on=_known(row["founded_on"], told),
            women_led=_known(row["leadership__women_led"], told),
            registrations=_held(registrations[key], told),
            certificates=_held(certificates[key], told),
            declarations=dict(declarations[key]),
            more=_row_facts(row, told) | _as_told(more[key].own, told),
            projects=dict(more[key].projects),
            units=units,
        )
    return found


def _row_facts(row: Mapping[str, Any], told: Provenance) -> Named:
    """Return what stands in the organization's own row and goes by its name."""
    found: Named = {FactName.COUNTRY: Fact(frozenset({row["country__code"]}), told)}
    if row["ownership__foreign_pct"] is not None:
        share = Interval.exactly(row["ownership__foreign_pct"])
        found[FactName.FOREIGN_PCT] = Fact(share, told)
    if row["leadership__women_on_board_pct"] is not None:
        board = Interval.exactly(row["leadership__women_on_board_pct"])
        found[FactName.WOMEN_BOARD_PCT] = Fact(board, told)
    if row["leadership__women_capital_pct"] is not None:
        capital = Interval.exactly(row["leadership__women_capital_pct"])
        found[FactName.WOMEN_CAPITAL_PCT] = Fact(capital, told)
    return found


def _as_told(figures: Named, told: Provenance) -> Named:
    """Say of figures who says so, as of their own date; answers say it themselves."""
    return {
        name: fact
        if fact.provenance.origin is Origin.DECLARED
        else Fact(fact.value, replace(told, as_of=fact.provenance.as_of))
        for name, fact in figures.items()
    }


def _known(value: Any, told: Provenance) -> Fact[Any] | None:
    return None if value is None else Fact(value, told)


def _provenance(row: Mapping[str, Any]) -> Provenance:
    if row["verification"] == Verification.LISTED:
        return Provenance(Origin.LISTED, row["last_confirmed_on"], row["source"])
    if row["verification"] == Verification.VERIFIED:
        return Provenance(Origin.VERIFIED, row["verified_on"])
    return Provenance(Origin.PROFILE, row["last_confirmed_on"])


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Grouped:
    found: Grouped = defaultdict(list)
    for key, *values in rows:
        found[key].append(tuple(values))
    return found


def _sites(organizations: Collection[int]) -> Grouped:
    rows = Site.objects.filter(organization__in=organizations).values_list(
        "organization_id", "is_main", "kind", *UNIT_CODES
    )
    return _grouped(rows)


def _places(country: str, sites: list[tuple[Any, ...]]) -> tuple[Place, ...]:
    """Return where it works. The country of registration is a place, known no more finely.

    It stands by itself only while no recorded site lies in it; it is the headquarters only while
    no site is recorded as such.
    """
    places = {
        Place(tuple(code for code in codes if code), is_main or kind == SiteKind.HEADQUARTERS)
        for is_main, kind, *codes in sites
    }
    has_headquarters = any(place.headquarters for place in places)
    if not has_headquarters or not any(place.path[:1] == (country,) for place in places):
        places.add(Place((country,), not has_headquarters))
    return tuple(sorted(places))


def _activities(organizations: Collection[int]) -> dict[int, list[Activity]]:
    rows = OrganizationActivity.objects.filter(organization__in=organizations).values_list(
        "organization_id", "classification__path", "is_main", "since"
    )
    found: dict[int, list[Activity]] = defaultdict(list)
    for key, path, is_main, since in rows:
        found[key].append(Activity(_path(path), is_main, since))
    return found


def _path(text: str) -> Path:
    return tuple(text.split("/"))


def _main_first(activity: Activity) -> tuple[bool, Path]:
    return (not activity.main, activity.path)


def _certificates(organizations: Collection[int]) -> Grouped:
    rows = Certificate.objects.filter(organization__in=organizations).values_list(
        "organization_id", "standard__code", "valid_from", "valid_until"
    )
    return _grouped(rows)


def _registrations(organizations: Collection[int]) -> Grouped:
    """Return entries in registers as what is held; when they began is not asked."""
    rows = Registration.objects.filter(organization__in=organizations)
    found: Grouped = defaultdict(list)
    for key, registry, valid_until in rows.values_list(
        "organization_id", "registry", "valid_until"
    ):
        found[key].append((registry, None, valid_until))
    return found


def _held(rows: list[tuple[Any, ...]], told: Provenance) -> dict[str, Fact[tuple[Held, ...]]]:
    by_code: dict[str, list[Held]] = defaultdict(list)
    for code, valid_from, valid_until in sorted(rows, key=str):
        by_code[code].append(Held(valid_from, valid_until))
    return {code: Fact(tuple(held), told) for code, held in by_code.items()}


def _declarations(organizations: Collection[int]) -> dict[int, list[tuple[str, Fact[bool]]]]:
    rows = Declaration.objects.filter(organization__in=organizations).values_list(
        "organization_id", "question", "holds", "declared_on"
    )
    found: dict[int, list[tuple[str, Fact[bool]]]] = defaultdict(list)
    for key, question, holds, day in rows:
        found[key].append((question, Fact(holds, Provenance(Origin.DECLARED, day))))
    return found

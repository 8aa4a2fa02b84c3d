"""The files of the demo world, read and checked for their form."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

Ring = list[tuple[float, float]]
EntryT = TypeVar("EntryT", bound="object")


class CannotLoadDemo(Exception):
    """The demo world cannot be made here, or one of its files is wrong."""


@dataclass(frozen=True)
class ListingEntry:
    """An offer or a need. Codes: four digits are ISIC, six HS, eight CPV."""

    title: str
    text: str
    kind: str = "product"
    codes: tuple[str, ...] = ()
    deal: tuple[str, ...] = ("supply",)
    reach: str = "national"
    lang: str = ""
    urgency: str = "quarter"
    certs: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    budget: tuple[int | str, ...] = ()
    says: Mapping[str, Any] = field(default_factory=dict)  # further columns
    technology: Mapping[str, Any] = field(default_factory=dict)
    rights: tuple[Mapping[str, Any], ...] = ()
    items: tuple[Mapping[str, Any], ...] = ()
    project: Mapping[str, Any] = field(default_factory=dict)
    closes_in: int = 0  # days


@dataclass(frozen=True)
class OrganizationEntry:
    """An invented organization with what it offers and needs."""

    ref: str
    name: str
    line: str
    city: str = ""
    kind: str = "firm"
    role: str = "member"
    country: str = ""
    unit: str = ""
    at: tuple[float, ...] = ()
    place: str = ""
    lang: str = "es"
    size: str = ""
    women: bool | None = None
    since: int = 0
    activities: tuple[str, ...] = ()
    certs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("es",)
    offers: tuple[ListingEntry, ...] = ()
    needs: tuple[ListingEntry, ...] = ()


@dataclass(frozen=True)
class StageEntry:
    """A step of the chain."""

    code: str
    kind: str
    names: Mapping[str, str]
    activities: tuple[str, ...]


@dataclass(frozen=True)
class ClusterEntry:
    """A cluster with its territory as one ring of longitude and latitude."""

    slug: str
    country: str
    units: tuple[str, ...]
    names: Mapping[str, str]
    summary: Mapping[str, str]
    founded: int
    sectors: tuple[str, ...]
    territory: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class WorldEntry:
    """One file: a cluster, or none, and organizations."""

    organizations: tuple[OrganizationEntry, ...]
    cluster: ClusterEntry | None = None
    stages: tuple[StageEntry, ...] = ()
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonEntry:
    """Somebody to sign in as."""

    email: str
    name: str
    what: str
    organization: str = ""
    is_staff: bool = False
    declares: tuple[str, ...] = ()  # questions of programs that the organization answers with yes


@dataclass(frozen=True)
class AccountsEntry:
    """The people, and the one password of all of them."""

    password: str
    people: tuple[PersonEntry, ...]


@dataclass(frozen=True)
class AnswererEntry:
    """Somebody who answers for an organization and does not sign in."""

    email: str
    name: str
    organization: str


@dataclass(frozen=True)
class IntroductionEntry:
    """What one organization asked another one, and what happened; days count back."""

    asks: str
    receives: str
    purpose: str
    days: int
    need: str = ""
    offer: str = ""
    question: str = ""
    channel: str = "email"
    queued: str = ""
    reason: str = ""
    shares: bool = False  # the author's contact goes along with the question
    steps: tuple[tuple[int | str, ...], ...] = ()
    messages: tuple[tuple[int | str, ...], ...] = ()
    reports: tuple[tuple[int | str, ...], ...] = ()


def read_world(path: Path) -> WorldEntry:
    """Read a file of organizations, or raise ``CannotLoadDemo``."""
    data = _toml(path)
    try:
        cluster = data.get("cluster")
        return WorldEntry(
            organizations=tuple(_organization(item) for item in data["organizations"]),
            cluster=_entry(ClusterEntry, cluster) if cluster else None,
            stages=tuple(_entry(StageEntry, item) for item in data.get("stages", ())),
            places=data.get("places", {}),
            supporters=tuple(item["ror"] for item in data.get("supporters", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CannotLoadDemo(f"{path.name}: {error}") from error


def read_accounts(path: Path) -> AccountsEntry:
    """Read the people to sign in as, or raise ``CannotLoadDemo``."""
    data = _toml(path)
    try:
        people = tuple(_entry(PersonEntry, item) for item in data["people"])
        return AccountsEntry(data["password"], people)
    except (KeyError, TypeError) as error:
        raise CannotLoadDemo(f"{path.name}: {error}") from error


def read_introductions(
    path: Path,
) -> tuple[tuple[AnswererEntry, ...], tuple[IntroductionEntry, ...]]:
    """Read who answers and what was asked, or raise ``CannotLoadDemo``."""
    data = _toml(path)
    try:
        people = tuple(_entry(AnswererEntry, item) for item in data["people"])
        return people, tuple(_entry(IntroductionEntry, item) for item in data["introductions"])
    except (KeyError, TypeError) as error:
        raise CannotLoadDemo(f"{path.name}: {error}") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotLoadDemo(f"{path.name}: {error}") from error


def _organization(data: Mapping[str, Any]) -> OrganizationEntry:
    listings = {
        name: tuple(_entry(ListingEntry, item) for item in data.get(name, ()))
        for name in ("offers", "needs")
    }
    return _entry(OrganizationEntry, {**data, **listings})


def _entry(model: type[EntryT], data: Mapping[str, Any]) -> EntryT:
    """Make an entry of a table; a key that it does not have, or lacks, is an error."""
    known = {f.name: f for f in fields(model)}  # type: ignore[arg-type] # all are dataclasses
    if unknown := sorted(set(data) - set(known)):
        raise KeyError(f"{data.get('ref') or data.get('title') or model.__name__}: {unknown}")
    required = [
        name
        for name, f in known.items()
        if f.default is MISSING and f.default_factory is MISSING and name not in data
    ]
    if required:
        raise KeyError(f"{data.get('ref') or model.__name__}: {required}")
    return model(**{name: _frozen(value) for name, value in data.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value

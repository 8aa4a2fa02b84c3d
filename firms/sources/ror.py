"""Research organizations of ROR: universities, centers, agencies and firms, with their place.

ROR says what an organization is and where, not what it offers; so no offer is made up.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from firms.contracts import shorten
from firms.sources.coordinates import point_of
from firms.sources.drafts import (
    IdentifierDraft,
    OrganizationDraft,
    Record,
    Register,
    RowRejectedError,
    SiteDraft,
    Spot,
)
from firms.sources.kinds import FIRM, NGO, PUBLIC_AGENCY, RESEARCH_CENTER, UNIVERSITY

SOURCE = "ror"
SCHEME = "XI-ROR"
COLUMNS = (
    "ror_id", "name", "name_es", "name_pt", "name_en", "types", "acronyms", "established",
    "country", "city", "lat", "lon", "geonames_id", "website",
)  # fmt: skip
REQUIRED = ("ror_id", "name", "types", "country", "lat", "lon")
MAX_NAME = 250
MAX_ACRONYM = 40
MAX_URL = 300
# The first that the row has decides. A hospital that does research is listed as a center.
KINDS = (
    ("company", FIRM),
    ("education", UNIVERSITY),
    ("facility", RESEARCH_CENTER),
    ("government", PUBLIC_AGENCY),
    ("healthcare", RESEARCH_CENTER),
    ("archive", RESEARCH_CENTER),
    ("nonprofit", NGO),
    ("other", NGO),
    ("funder", PUBLIC_AGENCY),
)
_ID = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_WEB = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
_EARLIEST_YEAR = 1000
_LATEST_YEAR = 2100
_PORTUGUESE = "BR"


def read(cells: Mapping[str, str]) -> Record:
    """Read a row.

    Raises:
        RowRejectedError: a cell is missing or wrong.
    """
    kept = {name: " ".join(cells[name].split()) for name in COLUMNS}
    empty = next((name for name in REQUIRED if not kept[name]), "")
    if empty:
        raise RowRejectedError("empty", empty)
    if not _ID.fullmatch(kept["ror_id"]):
        raise RowRejectedError("ror", kept["ror_id"])
    if not _COUNTRY.fullmatch(kept["country"]):
        raise RowRejectedError("country", kept["country"])
    if _kind(kept) is None:
        raise RowRejectedError("kind", kept["types"])
    return Record(
        ref=kept["ror_id"],
        parties=(kept["ror_id"],),
        data=kept,
        countries=(kept["country"],),
        spot=_spot(kept),
    )


def draft(party: str, rows: Sequence[Mapping[str, str]]) -> OrganizationDraft:
    """Return what ROR says of an organization."""
    row = rows[-1]
    name = _name(row)
    return OrganizationDraft(
        source=SOURCE,
        source_ref=party,
        kind=_kind(row) or NGO,
        legal_name=name,
        country=row["country"],
        language="pt" if row["country"] == _PORTUGUESE else "es",
        acronym=row["acronyms"].split("|")[0][:MAX_ACRONYM],
        website=_website(row["website"]),
        founded_on=_founded(row["established"]),
        identifiers=(IdentifierDraft(SCHEME, f"https://ror.org/{party}", party, is_checked=True),),
        sites=(SiteDraft(_spot(row), kind="hq", precision="locality"),),
    )


REGISTER = Register(SOURCE, COLUMNS, read, draft)


def _name(row: Mapping[str, str]) -> str:
    """Return the name in the country's language; ROR adds the country to some in brackets."""
    local = row["name_pt"] if row["country"] == _PORTUGUESE else row["name_es"]
    return shorten(_IN_BRACKETS.sub("", local or row["name"]) or row["name"], MAX_NAME)


def _kind(row: Mapping[str, str]) -> str | None:
    types = set(row["types"].split("|"))
    return next((kind for sign, kind in KINDS if sign in types), None)


def _spot(row: Mapping[str, str]) -> Spot:
    longitude, latitude = point_of(row["lon"], row["lat"])
    city = row["geonames_id"]
    return Spot(
        country=row["country"],
        municipality=row["city"],
        geonames_id=int(city) if city.isascii() and city.isdigit() and len(city) < 10 else None,
        longitude=longitude,
        latitude=latitude,
    )


def _website(text: str) -> str:
    return text if len(text) <= MAX_URL and _WEB.fullmatch(text) else ""


def _founded(text: str) -> dt.date | None:
    """Return the first day of the year that is known."""
    year = text.removesuffix(".0")
    if not (year.isascii() and year.isdigit()) or not _EARLIEST_YEAR < int(year) < _LATEST_YEAR:
        return None
    return dt.date(int(year), 1, 1)

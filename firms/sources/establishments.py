"""Mexican plants that report emissions: firms, their sites and their main activities."""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from firms.contracts import shorten, text_key
from firms.sources.coordinates import point_of
from firms.sources.drafts import (
    OfferDraft,
    OrganizationDraft,
    Record,
    Register,
    RowRejectedError,
    SiteDraft,
    Spot,
)
from firms.sources.kinds import kind_of, plain
from firms.sources.wording import has_legal_form, organization_name, sentence, without_legal_form

SOURCE = "mx-retc"
COUNTRY = "MX"
REPORTED = dt.date(2022, 12, 31)
COLUMNS = (
    "nra", "firm", "plant", "scian", "scian_es", "subsector", "main_activity", "state",
    "municipality", "locality", "industrial_park", "lat", "lon",
)  # fmt: skip
REQUIRED = ("nra", "firm", "scian", "state", "lat", "lon")
MAX_NAME = 250
MAX_TITLE = 160
_ISIC = "isic4"
_PRODUCT_SECTORS = ("1", "21", "31", "32", "33")
_OWN_USE = "autoconsumo"
_SCIAN = re.compile(r"\d{6}")


def register(isic_of_scian: Mapping[str, str]) -> Register:
    """Return the register, given the ISIC class of each Mexican activity."""

    def draft(party: str, rows: Sequence[Mapping[str, str]]) -> OrganizationDraft:
        return _draft(party, rows, isic_of_scian)

    return Register(SOURCE, COLUMNS, read, draft)


def read(cells: Mapping[str, str]) -> Record:
    """Read a row.

    Raises:
        RowRejectedError: a cell is missing or wrong.
    """
    kept = {name: " ".join(cells[name].split()) for name in COLUMNS}
    empty = next((name for name in REQUIRED if not kept[name]), "")
    if empty:
        raise RowRejectedError("empty", empty)
    if not _SCIAN.fullmatch(kept["scian"]):
        raise RowRejectedError("scian", kept["scian"])
    return Record(
        ref=kept["nra"][:160],
        parties=(_party(kept),),
        data=kept,
        countries=(COUNTRY,),
        spot=_spot(kept),
    )


def _draft(
    party: str, rows: Sequence[Mapping[str, str]], isic_of_scian: Mapping[str, str]
) -> OrganizationDraft:
    plants = sorted(rows, key=lambda row: row["nra"])
    name = Counter(_name(row) for row in plants).most_common(1)[0][0]
    activities = Counter(isic for row in plants if (isic := isic_of_scian.get(row["scian"])))
    return OrganizationDraft(
        source=SOURCE,
        source_ref=party,
        kind=kind_of(name),
        legal_name=name,
        country=COUNTRY,
        language="es",
        activities=tuple(code for code, _ in activities.most_common()),
        sites=tuple(_site(row) for row in plants),
        offers=_offers(plants, isic_of_scian),
    )


def _party(row: Mapping[str, str]) -> str:
    """Return what the plants of one firm share: the letters of its name, its legal form aside."""
    name = _spanish_name(_name(row)).rpartition(", ")
    letters = _letters(name[0] if has_legal_form(name[2]) else _name(row))
    if not letters:
        raise RowRejectedError("empty", "firm")
    return letters[:120]


def _name(row: Mapping[str, str]) -> str:
    """Return the firm's name; a comma in it has often put its legal form beside the plant's."""
    form = row["plant"].split(",")[0]
    whole = f"{row['firm']} {form}" if has_legal_form(form) else row["firm"]
    return shorten(_spanish_name(whole), MAX_NAME)


def _site(row: Mapping[str, str]) -> SiteDraft:
    places = (row["industrial_park"], row["locality"], row["municipality"])
    by_letters = {_letters(place): _spanish_name(place) for place in places if place}
    return SiteDraft(
        spot=_spot(row),
        kind="plant",
        precision="exact",
        name=_plant_name(row),
        address=shorten(", ".join(by_letters.values()), MAX_NAME),
    )


def _spot(row: Mapping[str, str]) -> Spot:
    longitude, latitude = point_of(row["lon"], row["lat"])
    return Spot(COUNTRY, row["state"], row["municipality"], None, longitude, latitude)


def _plant_name(row: Mapping[str, str]) -> str:
    """Return the plant's own name, without the legal form and the firm's name repeated in it."""
    parts = [without_legal_form(part).strip(" -()\"'") for part in row["plant"].split(",")]
    firm = _letters(row["firm"])
    own = [
        part
        for part in parts
        if _letters(part) not in firm and not _letters(part).startswith(firm[:12])
    ]
    return shorten(_spanish_name(", ".join(own)), MAX_TITLE) if own else ""


def _offers(
    plants: Sequence[Mapping[str, str]], isic_of_scian: Mapping[str, str]
) -> tuple[OfferDraft, ...]:
    """Return one offer for each main activity, with the places of all plants that have it."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in plants:
        text = _activity(row)
        if text_key(text) and _OWN_USE not in plain(text):
            groups.setdefault(plain(text_key(text)), []).append(row)
    return tuple(_offer(key, rows, isic_of_scian) for key, rows in groups.items())


def _offer(
    key: str, rows: Sequence[Mapping[str, str]], isic_of_scian: Mapping[str, str]
) -> OfferDraft:
    first = rows[0]
    title = sentence(_activity(first))
    more = (sentence(first["scian_es"]), sentence(first["subsector"]))
    is_product = first["scian"].startswith(_PRODUCT_SECTORS)
    codes = (isic_of_scian.get(row["scian"], "") for row in rows)
    return OfferDraft(
        source_ref=f"activity:{hashlib.sha256(key.encode()).hexdigest()[:24]}",
        title=shorten(title, MAX_TITLE),
        description="\n".join(dict.fromkeys(text for text in more if text and text != title)),
        kind="product" if is_product else "service",
        partnerships=("supply",) if is_product else ("service",),
        scheme=_ISIC,
        codes=tuple(dict.fromkeys(code for code in codes if code)),
        spots=tuple(_spot(row) for row in rows),
        published=REPORTED,
        valid_from=REPORTED,
    )


def _activity(row: Mapping[str, str]) -> str:
    """Return the main activity as written, or its class where it is a single word or none."""
    text = row["main_activity"]
    return text if " " in text else row["scian_es"] or text


def _spanish_name(text: str) -> str:
    return organization_name(text, is_spanish=True)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))

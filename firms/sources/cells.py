"""What single cells of a spreadsheet mean; a cell that means nothing says how to mend it."""

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress

from firms.sources.kinds import plain

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA_GUARD = re.compile(r"^'(?=\s*[=+\-@＝＋－＠])")
_EMAIL = re.compile(
    r"[^@\s,;<>\"]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,24}", re.IGNORECASE
)
_SITE = re.compile(
    r"(?:https?://)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,24}(?::\d+)?(?:/\S*)?", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T].*)?")
_FIRST_YEAR = 1500
MAX_EMAIL = 254
_NOTHING = {
    "",
    "-",
    "--",
    "n/a",
    "na",
    "s/d",
    "s/i",
    "nd",
    "n.d.",
    "null",
    "none",
    "ninguno",
    "sin dato",
}
_YES = {"si", "sim", "yes", "s", "y", "x", "1", "true", "verdadero", "verdadeiro"}
_NO = {"no", "nao", "n", "0", "false", "falso"}
_SIZES = {
    "micro": ("micro", "microempresa", "mei", "me"),
    "small": ("small", "pequena", "pequeno", "chica", "epp", "pyme pequena"),
    "medium": ("medium", "mediana", "media", "medio"),
    "large": ("large", "grande", "gran empresa", "corporativo"),
}
_KINDS = {
    "firm": ("empresa", "firma", "firm", "company", "pyme", "pme", "sociedad", "sociedade"),
    "sole_trader": ("persona natural", "persona fisica", "autonomo", "sole trader", "unipersonal"),
    "cooperative": ("cooperativa", "cooperative"),
    "producer_association": ("asociacion de productores", "associacao de produtores"),
    "university": ("universidad", "universidade", "university"),
    "research_center": ("centro de investigacion", "centro de pesquisa", "research center"),
    "technology_center": ("centro tecnologico", "technology center"),
    "public_agency": ("agencia publica", "gobierno", "governo", "public agency", "sector publico"),
    "chamber": ("camara", "gremio", "chamber", "asociacion gremial", "sindicato patronal"),
    "cluster_organization": ("entidad gestora", "cluster", "entidade gestora"),
    "ngo": ("ong", "ngo", "fundacion", "fundacao", "asociacion civil", "sin fines de lucro"),
    "lender": ("banco", "entidad financiera", "bank", "lender"),
}  # fmt: skip


class CellProblem(ValueError):
    """A cell that cannot be used: ``code`` says why, ``given`` fills the sentence."""

    def __init__(self, code: str, **given: object) -> None:
        super().__init__(code)
        self.code = code
        self.given = {name: str(value)[:120] for name, value in given.items()}


def clean(text: str) -> str:
    """Return a cell without controls, guards against formulas and spaces too many; "-" is none."""
    text = " ".join(_CONTROL.sub(" ", _FORMULA_GUARD.sub("", text)).split())
    return "" if text.lower() in _NOTHING else text


def name_of(text: str, limit: int) -> str:
    """Return a name."""
    if text and not any(sign.isalpha() for sign in text):
        raise CellProblem("name_letters", value=text)
    if len(text) > limit:
        raise CellProblem("too_long", limit=limit, length=len(text))
    return text


def email_of(text: str) -> str:
    """Return an e-mail address in one form; of several, the first."""
    first = re.split(r"[;,\s]+", text.removeprefix("mailto:").strip())[0]
    if first and (len(first) > MAX_EMAIL or not _EMAIL.fullmatch(first)):
        raise CellProblem("email", value=text)
    return first.lower()


def website_of(text: str) -> str:
    """Return an address that a browser opens."""
    first = text.split()[0].rstrip(",;") if text else ""
    if first and (not _SITE.fullmatch(first) or "@" in first):
        raise CellProblem("website", value=text)
    if first and not first.lower().startswith(("http://", "https://")):
        first = f"https://{first}"
    return first[:300]


def size_of(text: str) -> str:
    """Return a size class."""
    return _chosen(text, _SIZES, "size") if text else ""


def kind_in(text: str) -> str:
    """Return a kind of organization."""
    return _chosen(text, _KINDS, "kind") if text else ""


def _chosen(text: str, words: Mapping[str, tuple[str, ...]], code: str) -> str:
    said = plain(text)
    for value, names in words.items():
        if said == value or said in names:
            return value
    for value, names in words.items():
        if any(re.search(rf"\b{name}\b", said) for name in names if len(name) > len("ong")):
            return value
    raise CellProblem(code, value=text)


def date_of(text: str, order: str, today: dt.date) -> dt.date | None:
    """Return a day; a year alone is its first day."""
    if not text:
        return None
    day = _year(text) or _day(text, order)
    if day is None or not day.year >= _FIRST_YEAR or day > today:
        raise CellProblem("date", value=text)
    return day


def _year(text: str) -> dt.date | None:
    is_year = text.isascii() and text.isdigit() and len(text) == len("2026") and int(text)
    return dt.date(int(text), 1, 1) if is_year else None


def _day(text: str, order: str) -> dt.date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    first, second, third = (int(part) for part in found.groups())
    if len(found.group(1)) == len("2026"):
        parts = (first, second, third)
    else:
        year = third if third > 99 else third + (2000 if third < 50 else 1900)
        parts = (year, first, second) if order == "mdy" else (year, second, first)
    with suppress(ValueError):
        return dt.date(*parts)
    return None


def degrees_of(text: str, decimal: str, limit: int) -> float | None:
    """Return degrees, written with the decimal sign of the file."""
    if not text:
        return None
    thousands = "." if decimal == "," else ","
    try:
        value = float(
            text.replace("°", "")
            .replace(thousands, "" if decimal in text else thousands)
            .replace(decimal, ".")
        )
    except ValueError:
        raise CellProblem("degrees", value=text) from None
    if not abs(value) <= limit:
        raise CellProblem("degrees", value=text)
    return value


def decimal_sign(cells: list[str]) -> str:
    """Return the decimal sign that numbers use more often."""
    commas = sum(bool(re.fullmatch(r"-?\d+,\d+", cell.strip())) for cell in cells)
    points = sum(bool(re.fullmatch(r"-?\d+\.\d+", cell.strip())) for cell in cells)
    return "," if commas > points else "."


def date_order(cells: list[str]) -> str:
    """Return whether days stand before months, as they do unless a number above 12 says else."""
    found = [match for cell in cells if (match := _DAY.fullmatch(cell.strip()))]
    seconds = [int(match.group(2)) for match in found if len(match.group(1)) <= len("31")]
    firsts = [int(match.group(1)) for match in found if len(match.group(1)) <= len("31")]
    return "mdy" if max(seconds, default=0) > max(12, *firsts, 0) else "dmy"

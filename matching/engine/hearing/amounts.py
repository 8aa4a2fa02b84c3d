"""Numbers with their units: how far, and how many of what."""

import re
from dataclasses import dataclass

from matching.engine.text import fold

_KM = re.compile(r"\b(\d{1,4})\s*(?:kms?|kilometros?|quilometros?|kilomet(?:er|re)s?)\b")
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?"
_MANY = r"mil|miles|millon|millones|milhao|milhoes|thousand|million|k"
_COUNTED = re.compile(
    rf"(?<![\w$€.,/-])(?P<number>{_NUMBER})?\s*(?P<many>\b(?:{_MANY})\b)?\s*(?:\b(?:de|of)\b\s*)?"
    r"(?P<unit>[a-z]{2,}[0-9]?)?"
)
_TIMES = {"mil": 1e3, "miles": 1e3, "thousand": 1e3, "k": 1e3}
_WORDS = {
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "veinte": 20, "cien": 100, "dois": 2, "duas": 2, "quatro": 4, "sete": 7,
    "oito": 8, "nove": 9, "dez": 10, "vinte": 20, "cem": 100, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20,
}  # fmt: skip
_OTHER = """
    km kms kilometro kilometros quilometro quilometros kilometer kilometers kilometre kilometres
    dia dias day days semana semanas week weeks mes meses month months ano anos year years hora
    horas hour hours minuto minutos minute minutes de del do da of en em in por per para con com
    with ano usd eur clp brl mxn ars cop pen dolares dolar reais real pesos peso euros euro soles
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro january february
    march april may june july august september october november december y e and o ou or st nd th
    vez veces vezes times
"""
_NOT_UNITS = frozenset(_OTHER.split())
_NORMS = re.compile(
    r"\b(?:iso|iec|ohsas|fssc|astm|din|nch|nmx|nbr|abnt|trl|ley|lei|reglamento)\W*$"
)


@dataclass(frozen=True)
class Quantity:
    """How many of what, in the author's word for it."""

    amount: float
    unit: str


def kilometers(text: str) -> int | None:
    """Return the first distance that is named, if it is more than nothing."""
    found = _KM.search(fold(text))
    return int(found[1]) or None if found else None


def quantity(text: str) -> Quantity | None:
    """Return the first amount of something: not a distance, a time, a price or a norm."""
    plain = _numbered(fold(text))
    for found in _COUNTED.finditer(plain):
        if not (found["number"] or found["many"]) or not found["unit"]:
            continue
        if found["unit"] in _NOT_UNITS or _NORMS.search(plain[: found.start()]):
            continue
        amount = _amount(found["number"], found["many"])
        if amount > 0:
            return Quantity(amount, found["unit"])
    return None


def _numbered(plain: str) -> str:
    return re.sub(r"[a-z]+", lambda word: str(_WORDS.get(word[0], word[0])), plain)


def _amount(number: str | None, many: str | None) -> float:
    value = _value(number) if number else 1.0
    return value * (_TIMES.get(many, 1e6) if many else 1.0)


def _value(number: str) -> float:
    """Read a number as written: a separator before three digits parts thousands."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return float(re.sub(r"[.,]", "", number))
    return float(number.replace(",", "."))

"""How soon an answer is needed, as said or as the day implies."""

import datetime as dt
import re

from matching.engine.text import fold

NOW, QUARTER, YEAR, EXPLORING = "now", "quarter", "year", "exploring"
NOW_DAYS, QUARTER_DAYS = 31, 92

_NOW = re.compile(
    r"\b(?:urgentes?|urgencia|urgentemente|urgent(?:ly)?|urgency|cuanto antes|lo antes posible|"
    r"o quanto antes|quanto antes|o mais rapido possivel|asap|as soon as possible|ya mismo|"
    r"ahora mismo|de inmediato|inmediat[oa]s?|inmediatamente|imediat[oa]s?|imediatamente|"
    r"immediate(?:ly)?|right away|hoy|hoje|today)\b"
)
_NOT = re.compile(r"\b(?:no|not|nao|sin|sem|nada|menos)\s+(?:es |is |e |hay |tan |very |muito )?$")
_EXPLORING = re.compile(
    r"\b(?:explorando|exploring|sin (?:apuro|prisa)|sem pressa|no rush|no hurry|mas adelante|"
    r"a futuro|no futuro|para evaluar|viendo opciones|looking around)\b"
)


def urgency_of(text: str, day: dt.date | None, today: dt.date) -> str:
    """Return how soon, by the words first and then by the day; empty when neither says."""
    plain = fold(text)
    said = _NOW.search(plain)
    if said and not _NOT.search(plain[: said.start()]):
        return NOW
    if _EXPLORING.search(plain):
        return EXPLORING
    if day is None:
        return ""
    left = (day - today).days
    if left <= NOW_DAYS:
        return NOW
    return QUARTER if left <= QUARTER_DAYS else YEAR

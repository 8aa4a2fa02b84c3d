"""How often the classifier is right on texts whose divisions or codes people have chosen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.engine.classifier import Classifier
from matching.services.classifier import rank_codes

CUTS = (1, 10)
_GOLD = re.compile(r"(\d{2})(?:(\d{6})(?:-\d)?)?")


class CannotReadGold(ValueError):
    """A gold cell is neither divisions nor codes."""


@dataclass(frozen=True)
class Gold:
    """The divisions that count as right, and the codes where they are given."""

    divisions: frozenset[str]
    codes: frozenset[str]


def read_gold(cell: str) -> Gold | None:
    """Read '|'-separated divisions (2 digits) or codes (8 digits, check digit or none).

    None for an empty cell.
    """
    parts = [part.strip() for part in cell.split("|") if part.strip()]
    found = [_GOLD.fullmatch(part) for part in parts]
    if not all(found):
        raise CannotReadGold(cell)
    matches = [match for match in found if match]
    codes = frozenset(match[1] + match[2] for match in matches if match[2])
    return Gold(frozenset(match[1] for match in matches), codes) if matches else None


def evaluate(rows: Iterable[tuple[str, Gold]], *, model: Classifier) -> dict[str, object]:
    """Return how many texts have a right answer among the first 1 and 10."""
    results = [(rank_codes(text, model=model), gold) for text, gold in rows]
    return {
        "n": len(results),
        **_shares("division", [(r.divisions, g.divisions) for r, g in results]),
        **_shares("exact", [(r.codes, g.codes) for r, g in results if g.codes]),
    }


def _shares(
    name: str, results: Sequence[tuple[Sequence[str], frozenset[str]]]
) -> dict[str, float | None]:
    """Return the share of answers with a right one up to each cut; None without any gold."""
    return {
        f"{name}@{cut}": round(sum(hits) / len(hits), 4) if hits else None
        for cut in CUTS
        for hits in [[bool(gold.intersection(found[:cut])) for found, gold in results]]
    }

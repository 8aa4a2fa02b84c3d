"""What helps to begin a need: sentences of a sector, what it asks beside, and an interview."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from common.i18n import label_language

SOURCE = Path(settings.DATA_DIR) / "needs" / "templates.json"
INTERVIEW = "interview"
PREFIX = "ask_"


@dataclass(frozen=True)
class Ask:
    """A question, in the reader's language, and the name of its field."""

    name: str
    label: str


@dataclass(frozen=True)
class Sector:
    """How needs of a sector begin, and what that sector asks."""

    key: str
    label: str
    sentences: tuple[str, ...]
    asks: tuple[Ask, ...]


def sectors() -> list[Sector]:
    """Return the sectors in the reader's language."""
    spoken = label_language()
    return [
        Sector(
            each["key"],
            each["label"][spoken],
            tuple(sentence[spoken] for sentence in each["sentences"]),
            _asks(each["asks"], spoken),
        )
        for each in _templates()["sectors"]
    ]


def asks_of(key: str) -> tuple[Ask, ...]:
    """Return what a sector asks, or an interview; nothing for a key that there is not."""
    if key == INTERVIEW:
        return _asks(_templates()["interview"], label_language())
    return next((sector.asks for sector in sectors() if sector.key == key), ())


def _asks(stored: list[Mapping[str, Any]], spoken: str) -> tuple[Ask, ...]:
    return tuple(Ask(PREFIX + each["key"], each["label"][spoken]) for each in stored)


@lru_cache(maxsize=1)
def _templates() -> Any:
    return json.loads(SOURCE.read_text(encoding="utf-8"))

"""What a reader is shown of a listing: its words in their language, the original kept."""

from dataclasses import dataclass
from typing import Any

from firms.models import Need, Offer


@dataclass(frozen=True)
class ShownWords:
    """The words of a listing as a reader gets them; ``original`` is there when they are others."""

    language: str
    title: str
    summary: str
    description: str
    is_machine_made: bool = False
    original: "ShownWords | None" = None


def shown_words(listing: Need | Offer, language: str | None) -> ShownWords:
    """Return the words in the reader's language where they exist, with the original kept."""
    own = _words(listing)
    wanted = (language or listing.language)[:2]
    if wanted == listing.language:
        return own
    for text in listing.texts.all():
        if text.language == wanted:
            return _words(text, is_machine_made=text.is_machine_made, original=own)
    return own


def _words(row: Any, **more: Any) -> ShownWords:
    return ShownWords(row.language, row.title, row.summary, row.description, **more)

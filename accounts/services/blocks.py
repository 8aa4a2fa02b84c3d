"""The block list: what is refused where people write it."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import transaction

from accounts.models import BlockEntry, BlockKind, User


class CannotBlock(Exception):
    """The entry is there already, or says nothing; ``reason`` is "known" or "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def add_block(*, by: User, kind: BlockKind, value: str, note: str = "") -> BlockEntry:
    """Refuse a domain, identifier or word from now on."""
    plain = _plain(kind, value)
    if not plain:
        raise CannotBlock("empty")
    entry, is_new = BlockEntry.objects.get_or_create(
        kind=kind, value=plain, defaults={"note": note, "added_by": by}
    )
    if not is_new:
        raise CannotBlock("known")
    return entry


@transaction.atomic
def remove_block(*, entry: BlockEntry) -> None:
    """Let it pass again."""
    entry.delete()


def is_blocked_email(email: str) -> bool:
    """Say whether the domain of an address, or one above it, is blocked."""
    domain = email.rpartition("@")[2].lower().rstrip(".")
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(len(labels))]
    return BlockEntry.objects.filter(kind=BlockKind.EMAIL_DOMAIN, value__in=above).exists()


def is_blocked_identifier(number: str) -> bool:
    """Say whether a number is blocked, however it is written."""
    plain = _plain(BlockKind.IDENTIFIER, number)
    return BlockEntry.objects.filter(kind=BlockKind.IDENTIFIER, value=plain).exists()


def has_blocked_words(texts: Iterable[str]) -> bool:
    """Say whether a text holds a blocked word or phrase, whole, in any case and accent."""
    words = BlockEntry.objects.filter(kind=BlockKind.WORD).values_list("value", flat=True)
    text = f" {' '.join(_words(each) for each in texts)} "
    return any(f" {word} " in text for word in words.order_by())


def _plain(kind: BlockKind, value: str) -> str:
    """Return the one form in which an entry is compared."""
    if kind == BlockKind.WORD:
        return _words(value)
    if kind == BlockKind.IDENTIFIER:
        return "".join(sign for sign in value.upper() if sign.isalnum())
    return value.strip().lower().rpartition("@")[2].strip(". ")


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare))

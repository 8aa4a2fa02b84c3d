"""What in the words of an anonymous listing tells who wrote it.

Pure: the words of each field and what identifies the author go in, the places that tell come out.
A name is looked for as people write it: without accents, signs or legal form, spaced or glued.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from firms.names import bare_name

MIN_NAME, MIN_GLUED, MIN_DIGITS = 4, 6, 6
_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\barroba\b)\s?[\w-]{1,63}(?:\.|\spunto\s)[\w.-]{1,63}",
    re.IGNORECASE,
)
_TLDS = "com|org|net|info|biz|io|ar|bo|br|cl|co|cr|cu|do|ec|es|eu|gt|hn|mx|ni|pa|pe|pt|py|sv|uy|ve"
_URL = re.compile(
    rf"(?:https?://|www\.)\S{{1,200}}|\b[\w-]{{2,63}}\.(?-i:{_TLDS})(?:\.[a-z]{{2}})?\b(?!\.\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().-]?\d){7,13}(?!\w)")
_HANDLE = re.compile(r"(?<![\w.])@[\w.]{3,30}")
_TAGS = str.maketrans("", "", " \t\r\n.-/,_")


class Told(StrEnum):
    """What a place in a text tells."""

    NAME = "name"
    NUMBER = "number"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True)
class Identity:
    """What identifies an author: names, numbers as written, and the domain of its pages."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leak:
    """A place that tells who wrote: the field, what it tells, and the words that do."""

    field: str
    told: Told
    words: str


def leaks(texts: Mapping[str, str], identity: Identity) -> list[Leak]:
    """Return the places that tell, in the order of the fields; none twice."""
    found = (leak for field, text in texts.items() for leak in _of_field(field, text, identity))
    return list(dict.fromkeys(found))


def _of_field(field: str, text: str, identity: Identity) -> Iterator[Leak]:
    for told, pattern in ((Told.EMAIL, _EMAIL), (Told.ADDRESS, _URL), (Told.ADDRESS, _HANDLE)):
        yield from (Leak(field, told, match.group()) for match in pattern.finditer(text))
    yield from (Leak(field, Told.NUMBER, number) for number in _numbers(text, identity.numbers))
    yield from (Leak(field, Told.PHONE, match.group()) for match in _PHONE.finditer(text))
    yield from (Leak(field, Told.NAME, name) for name in _names(text, identity))


def _numbers(text: str, numbers: Iterable[str]) -> Iterator[str]:
    glued = text.upper().translate(_TAGS)
    for number in numbers:
        plain = number.upper().translate(_TAGS)
        if len(plain) >= MIN_DIGITS and plain in glued:
            yield number


def _names(text: str, identity: Identity) -> Iterator[str]:
    said = f" {bare_words(text)} "
    glued = said.replace(" ", "")
    for name in identity.names:
        bare = bare_name(name)
        is_said = len(bare) >= MIN_NAME and f" {bare} " in said
        is_glued = len(bare) >= MIN_GLUED and " " in bare and bare.replace(" ", "") in glued
        if is_said or is_glued:
            yield name
    for domain in identity.domains:
        label = bare_words(domain.split(".")[0]).replace(" ", "")
        if len(label) >= MIN_GLUED and label in glued:
            yield domain


def bare_words(text: str) -> str:
    """Return the words of a text as ``bare_name`` writes those of a name."""
    return " ".join(filter(None, (bare_name(word) or word.lower() for word in text.split())))

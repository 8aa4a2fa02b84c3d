"""Names and phrases of upper-case registers in readable writing."""

import html
import re
from collections.abc import Iterator

from firms.sources.accents import ACCENTED, without_acute

_SMALL_LIST = """
    a al con da das de del do dos e el em en la las los na nas no nos o os para pela pelo por
    sem sin the of and for y
"""
SMALL_WORDS = frozenset(_SMALL_LIST.split())
# Abbreviations of legal forms, by their letters alone.
LEGAL_FORMS = {
    "sadecv": "S.A. de C.V.",
    "sapidecv": "S.A.P.I. de C.V.",
    "sabdecv": "S.A.B. de C.V.",
    "sapi": "S.A.P.I.",
    "sderldecv": "S. de R.L. de C.V.",
    "sderlmidecv": "S. de R.L. M.I. de C.V.",
    "sderl": "S. de R.L.",
    "sprderldecv": "S.P.R. de R.L. de C.V.",
    "sprderl": "S.P.R. de R.L.",
    "sasdecv": "S.A.S. de C.V.",
    "scderldecv": "S.C. de R.L. de C.V.",
    "scderl": "S.C. de R.L.",
    "scdercv": "S.C. de R.L. de C.V.",
    "sa": "S.A.",
    "sc": "S.C.",
    "ac": "A.C.",
    "lda": "Lda.",
    "crl": "C.R.L.",
    "ltda": "Ltda.",
    "spa": "SpA",
    "epe": "E.P.E.",
    "em": "E.M.",
    "sl": "S.L.",
    "slu": "S.L.U.",
}
_MEXICAN_FORM = re.compile(
    r"[\s,.]+((?:S\W{0,2}A\W{0,2}(?:P\W{0,2}I\W{0,2}|B\W{0,2}|S\W{0,2})?(?:DE\W{0,2}C\W{0,2}V)?"
    r"|S\W{0,2}(?:P\W{0,2}R\W{0,2}|C\W{0,2})?DE\W{0,2}R\W{0,2}L\W{0,2}"
    r"(?:M\W{0,2}I\W{0,2})?(?:DE\W{0,2}C\W{0,2}V)?)\W*)(?=$|[\s,(])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_MAX_ACRONYM = 3
_ACRONYM_LIST = """
    cfe basf axa edp ibm nec sap dhl ups oem mro pvc pet led cnc smt pcb tv iii ii iv vi vii
    viii ix xi rsm abb skf gkn trw zf lg hp kpmg
"""
_ACRONYMS = frozenset(_ACRONYM_LIST.split())
_SHORT_LIST = """
    air bio bom col dos eco gas key luz mar mas mex new oil pan plus pro red rey sus rio río san
    sol sub sul sur tex tri uno van vid via vía sao são rua one two big car top day fit sky
"""
_SHORT_WORDS = frozenset(_SHORT_LIST.split())


def is_shouted(text: str) -> bool:
    """Say whether a text is written in upper case, as registers do."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return len(letters) > _MAX_ACRONYM and upper >= 0.8 * len(letters)


def organization_name(raw: str, *, is_spanish: bool = False) -> str:
    """Return an organization's name in readable writing, its legal form in its usual one.

    A Spanish name in upper case gets its accents back.
    """
    text = " ".join(html.unescape(raw).split()).strip(" ,;-")
    found = _MEXICAN_FORM.search(text)
    if found and found.end() >= len(text) - 1:
        name = _name(text[: found.start()], is_spanish)
        return f"{name}, {_legal_form(found[1])}"
    return _name(text, is_spanish)


def has_legal_form(text: str) -> bool:
    """Say whether a text is the legal form of a Mexican firm and nothing else."""
    found = _MEXICAN_FORM.fullmatch(f" {text.strip()}")
    return found is not None and bool(text.strip())


def without_legal_form(text: str) -> str:
    """Return a text without the legal form that it begins with."""
    found = _MEXICAN_FORM.match(f" {text.strip()}")
    return f" {text.strip()}"[found.end() :].strip() if found else text.strip()


def sentence(raw: str) -> str:
    """Return a phrase as a sentence without a full stop, its Spanish accents restored."""
    text = " ".join(raw.split()).strip(" .,;")
    if is_shouted(text):
        text = text.lower()
    text = _WORD.sub(lambda word: _accented(word[0]), text)
    return text[:1].upper() + text[1:]


def _name(text: str, is_spanish: bool) -> str:
    if not is_shouted(text):
        return text
    return " ".join(_name_words(text.split(), is_spanish))


def _name_words(words: list[str], is_spanish: bool) -> Iterator[str]:
    for index, word in enumerate(words):
        letters = "".join(c for c in word.lower() if c.isalpha())
        if index and letters in LEGAL_FORMS and index >= len(words) - 2:
            yield LEGAL_FORMS[letters]
        elif index and word.lower() in SMALL_WORDS:
            yield word.lower()
        else:
            yield _WORD.sub(lambda piece: _name_piece(piece[0], is_spanish), word)


def _name_piece(piece: str, is_spanish: bool) -> str:
    lower = piece.lower()
    is_acronym = len(piece) <= _MAX_ACRONYM or not re.search("[aeiouáéíóúâêôãõ]", lower)
    if lower in _ACRONYMS or (is_acronym and lower not in SMALL_WORDS | _SHORT_WORDS):
        return piece.upper()
    return (_accented(lower) if is_spanish else lower).capitalize()


def _legal_form(raw: str) -> str:
    letters = "".join(c for c in raw.lower() if c.isalpha())
    return LEGAL_FORMS.get(letters, raw.strip(" ,").upper())


def _accented(word: str) -> str:
    """Return a word with the accent that it is always written with."""
    lower = word.lower()
    if lower == "mexico":
        return "México"
    if without_acute(lower) != lower:
        return word
    is_action = lower.endswith(("cion", "sion"))
    mended = f"{lower[:-2]}ón" if is_action else ACCENTED.get(lower, lower)
    return mended.capitalize() if word[:1].isupper() else mended

"""Names of organizations as people mean them: without accents, signs and legal forms.

``bare_name`` does in Python what ``racimo_bare_name`` does in the database (an index stands on
it), so a change here needs a migration with the same expressions; a test holds them together.
"""

import re
import unicodedata

from rapidfuzz import fuzz

# What a legal form looks like once signs are gone and single letters are glued: longest first.
TRAILING_FORMS = (
    "empresa individual de responsabilidad limitada",
    "sociedad de responsabilidad limitada de capital variable",
    "sociedad de responsabilidad limitada",
    "sociedad por acciones simplificada",
    "sociedad por acciones",
    "sociedad anonima de capital variable",
    "sociedad anonima cerrada",
    "sociedad anonima abierta",
    "sociedad anonima",
    "sociedade anonima",
    "sociedade limitada",
    "sociedade unipessoal",
    "unipessoal limitada",
    "em recuperacao judicial",
    "em liquidacao",
    "en liquidacion",
    "unipessoal lda",
    "de capital variable",
    "sapi de cv",
    "sab de cv",
    "sa de cv",
    "s de rl de cv",
    "s de rl mi",
    "spr de rl",
    "sc de rl",
    "s de rl",
    "de rl de cv",
    "de rl",
    "de cv",
    "soc coop",
    "s coop",
    "scoop",
    "scrl",
    "y compania",
    "e companhia",
    "y cia",
    "e cia",
    "compania",
    "companhia",
    "limitada",
    "unipessoal",
    "cooperativa",
    "corporation",
    "incorporated",
    "company",
    "limited",
    "eireli",
    "eirl",
    "saicf",
    "sacif",
    "saic",
    "saci",
    "sapi",
    "sagl",
    "gmbh",
    "ltda",
    "ltd",
    "lda",
    "llc",
    "llp",
    "plc",
    "inc",
    "corp",
    "spa",
    "srl",
    "sas",
    "sac",
    "saa",
    "sau",
    "sab",
    "sca",
    "scs",
    "slu",
    "sll",
    "bic",
    "esp",
    "epp",
    "mei",
    "ute",
    "cia",
    "sa",
    "sl",
    "sc",
    "ss",
    "sh",
    "rl",
    "cv",
    "ac",
    "ca",
    "me",
    "ei",
    "co",
)
LEADING_FORMS = (
    "sociedad anonima",
    "sociedade anonima",
    "sociedad cooperativa",
    "sociedad",
    "sociedade",
    "cooperativa de responsabilidad limitada",
    "cooperativa",
    "coop",
    "soc",
    "the",
)
DROPPED = r"[.'’´`]"
SIGNS = r"[^a-z0-9]+"
LONE_LETTER = r"([a-xz]) (?=[a-z]{edge})"
TRAILING = f"( ({'|'.join(TRAILING_FORMS)}))+$"
LEADING = f"^(({'|'.join(LEADING_FORMS)}) )+(?=[a-z0-9])"

_DROPPED = re.compile(DROPPED)
_SIGNS = re.compile(SIGNS)
_LONE_LETTER = re.compile(r"\b" + LONE_LETTER.format(edge=r"\b"))
_TRAILING = re.compile(TRAILING)
_LEADING = re.compile(LEADING)

WHOLE, ORDERED, SHARED = 0.5, 0.2, 0.3
FAR_KM, FAR_COSTS = 300.0, 0.15


def bare_name(text: str) -> str:
    """Return a name in lower case without accents, signs and legal forms; never less than it says.

    A name that is nothing but a legal form stays; one without a Latin letter or digit is empty.
    """
    name = _DROPPED.sub("", _fold(text))
    name = _SIGNS.sub(" ", name).strip()
    name = _LONE_LETTER.sub(r"\1", name)
    return _LEADING.sub("", _TRAILING.sub("", name))


def name_likeness(one: str, other: str) -> float:
    """Return how much two names look alike, 0 to 1, whatever their legal forms and word order.

    Half is the whole text, the rest the words: in any order, and those that both share.
    """
    first, second = bare_name(one), bare_name(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    parts = (
        WHOLE * fuzz.ratio(first, second),
        ORDERED * fuzz.token_sort_ratio(first, second),
        SHARED * fuzz.token_set_ratio(first, second),
    )
    return min(sum(parts) / 100, 0.99)


def best_likeness(one: str, others: tuple[str, ...]) -> float:
    """Return the likeness of a name with the nearest of several: legal, trade, acronym."""
    return max((name_likeness(one, other) for other in others if other), default=0.0)


def likeness_with_place(name: float, km: float | None) -> float:
    """Return a likeness of names, less up to 0.15 the farther apart; unknown costs nothing."""
    if km is None:
        return name
    return max(0.0, name - FAR_COSTS * min(km, FAR_KM) / FAR_KM)


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))

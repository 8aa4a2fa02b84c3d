"""What an organization is, as far as its name tells."""

import re
import unicodedata
from collections.abc import Sequence

FIRM = "firm"
COOPERATIVE = "cooperative"
UNIVERSITY = "university"
RESEARCH_CENTER = "research_center"
PUBLIC_AGENCY = "public_agency"
CHAMBER = "chamber"
NGO = "ngo"

# The first that fits decides; names are compared without accents, in lower case.
_SIGNS: Sequence[tuple[str, str]] = (
    (UNIVERSITY, r"\buniversida\w*|\bpolitecnic[oa]\b|\binstituto superior\b|\bfaculdade\b"),
    (
        RESEARCH_CENTER,
        r"\bcentro de (?:investigac|estudios|pesquisa)\w*|\binstituto de (?:investigac|pesquisa)\w*"
        r"|\blaboratorio (?:nacional|iberico)\b|\binesc\b|\binstituto de telecomunicac\w*",
    ),
    (COOPERATIVE, r"\bcooperativa\b|\bc\.?\s?r\.?\s?l\b\.?"),
    (
        PUBLIC_AGENCY,
        r"\bmunicipi\w+|\bcamara municipal\b|\bfreguesias?\b|\bjunta de\b|\bcomunidade intermunic"
        r"|\barea metropolitana\b|\bministeri\w*|\bsecretaria[- ](?:geral|regional|de)\b"
        r"|\bsecretaria\b|\bdireca?c?ao[- ](?:geral|regional|de)|\bautoridade\b|\bpolicia\b"
        r"|\bguarda nacional\b|\bexercito\b|\bmarinha\b|\bestado[- ]maior\b|\bforca aerea\b"
        r"|\bhospital\w*|\bunidade local de saude\b|\bcentro hospitalar\b|\badministracao\b"
        r"|\bagrupamento de escolas\b|\bescola (?:basica|secundaria|superior)\b|\btribunal\b"
        r"|,? i\.?\s?p\.?$|\bservicos municipalizados\b|\binstituto (?:do|da|dos|das|nacional)\b"
        r"|\bagencia (?:para|nacional|portuguesa|de)\b|\binstituto mexicano del\b|\bcomision\b"
        r"|\bgobierno\b|\bregiao autonoma\b"
        r"|\bservico (?:de|regional|nacional)\b|\be\.?\s?p\.?\s?e\b",
    ),
    (CHAMBER, r"\bcamara de (?:comercio|industria)\b|\bordem dos\b|\bconfederac\w*"),
    (NGO, r"\bassociac\w*|\basociac\w*|\bfundac\w*|\bsanta casa\b|\bcruz vermelha\b|\bfederac\w*"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _SIGNS)
_LEGAL_FORM = re.compile(r"\b(?:lda|unipessoal|s\.\s?a|sa de cv)\b|\bs\.?a\.?$|\bde c\.?v\.?$")


def plain(text: str) -> str:
    """Return a text in lower case without accents, single spaces between words."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def kind_of(name: str) -> str:
    """Return the kind of an organization by its name; what shows no sign is a firm."""
    words = plain(name)
    if _LEGAL_FORM.search(words):
        return FIRM
    return next((kind for kind, sign in _COMPILED if sign.search(words)), FIRM)

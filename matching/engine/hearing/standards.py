"""Everyday words that may mean a certificate: offered to the author, never assumed."""

import re

from matching.engine.text import fold

_MEANT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"organic[oa]s?|organic|ecologic[oa]s?", ("organic-national", "organic-eu", "organic-usda")),
    (r"acreditad[oa]s?|credenciad[oa]s?|accredited", ("iso-17025",)),
    (r"papel(?:es)? certificado|certified paper|madera certificada|madeira certificada",
     ("fsc", "pefc")),
    (r"comercio justo|comercio justo|fair trade", ("fairtrade",)),
    (r"inocuidad|seguranca de alimentos|food safety", ("haccp", "iso-22000")),
    (r"buenas practicas agricolas|boas praticas agricolas|good agricultural", ("globalgap",)),
    (r"buenas practicas de manufactura|boas praticas de fabricacao", ("gmp",)),
    (r"carbono neutral|huella de carbono|pegada de carbono|carbon footprint", ("iso-14064",)),
    (r"dispositivos? medicos?|medical devices?", ("iso-13485",)),
    (r"seguridad de la informacion|seguranca da informacao|information security", ("iso-27001",)),
)  # fmt: skip
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b"), codes) for words, codes in _MEANT)


def hinted_standards(text: str) -> tuple[str, ...]:
    """Return the codes of standards that the words may mean, most likely first."""
    plain = fold(text)
    found = [code for words, codes in _PATTERNS if words.search(plain) for code in codes]
    return tuple(dict.fromkeys(found))

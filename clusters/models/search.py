"""Text search that forgives accents, case and small slips, in SQL and in Python alike."""

import unicodedata

from django.db.models import Func, TextField

MAX_QUERY = 200
MAX_TERMS = 16


class Fold(Func):
    """Several columns as one text in lower case without accents; immutable, so it is indexed."""

    function = "racimo_fold"
    template = "%(function)s(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def fold(text: str) -> str:
    """Return a text in lower case without accents, as ``Fold`` does in the database."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def search_terms(query: str) -> list[str]:
    """Return the words of a query, folded; a single letter would match half of everything."""
    words = fold(query[:MAX_QUERY].replace("\0", " ")).split()[:MAX_TERMS]
    return [word for word in words if len(word) > 1]

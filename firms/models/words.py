"""Words as they are searched, in SQL: the functions stand in the migration of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import FloatField, Func, TextField

STEMS = ("racimo_es", "racimo_pt", "racimo_en", "racimo_simple")


class Words(Func):
    """What a listing says (language, title, summary, description) as a search vector."""

    function = "racimo_words"
    output_field = SearchVectorField()


class Nearness(Func):
    """How many meters lie between two places; an index gives rows in this order."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()


class Standing(Func):
    """Who is real first, then who confirmed lately, then by name: one text that sorts so.

    Of verification, day of the last confirmation, trade name and legal name.
    """

    function = "racimo_standing"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    output_field = TextField()


@dataclass(frozen=True)
class Term:
    """One thing that must be said: any of its words or phrases, or a word that begins so."""

    words: tuple[str, ...]
    beginning: str = ""
    is_phrase: bool = False
    is_negated: bool = False


class TermsQuery(SearchQuery):
    """Terms as one text query: each is looked for by its stem in three languages, and bare.

    What a person typed is only ever a value, and beginnings hold letters and digits alone: no
    query of theirs can be malformed.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__("", config="racimo_simple")
        self.terms = tuple(terms)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[str]]:  # type: ignore[override]  # a plain value: function and template do not apply
        """Write each term as the union of its readings."""
        parts, values = [], []
        for term in self.terms:
            read = "phraseto_tsquery" if term.is_phrase else "plainto_tsquery"
            sql = [f"{read}('{config}', %s)" for _word in term.words for config in STEMS]
            values += [word for word in term.words for _config in STEMS]
            if term.beginning:
                sql.append("to_tsquery('racimo_simple', %s)")
                values.append(f"{term.beginning}:*")
            union = f"({' || '.join(sql)})"
            parts.append(f"!!{union}" if term.is_negated else union)
        return f"({' && '.join(parts)})", values

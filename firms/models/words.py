"""Words as they are searched, in SQL: the functions stand in the migration of the directory."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import FloatField, Func


class Words(Func):
    """What a listing says (language, title, summary, description) as a search vector."""

    function = "racimo_words"
    output_field = SearchVectorField()


class Nearness(Func):
    """How many meters lie between two places; an index gives rows in this order."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()

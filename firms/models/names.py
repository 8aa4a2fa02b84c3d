"""Names without accents, signs and legal forms, in SQL as in Python."""

from django.db.models import Func, GeneratedField, TextField


class BareName(Func):
    """A name as ``firms.names.bare_name`` gives it; immutable, so it is stored."""

    function = "racimo_bare_name"
    output_field = TextField()

    @classmethod
    def column(cls, name: str) -> GeneratedField:
        """Return the column that the database keeps; a search looks at it again as it is."""
        return GeneratedField(expression=cls(name), output_field=TextField(), db_persist=True)


class Host(Func):
    """The host of a web or mail address without its www, "" for none; immutable, so indexed."""

    function = "racimo_host"
    output_field = TextField()

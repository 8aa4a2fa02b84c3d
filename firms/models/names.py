"""Names without accents, signs and legal forms, in SQL as in Python."""

from django.db.models import Func, TextField


class BareName(Func):
    """A name as ``firms.names.bare_name`` gives it; immutable, so it is indexed."""

    function = "racimo_bare_name"
    output_field = TextField()


class Host(Func):
    """The host of a web or mail address without its www, "" for none; immutable, so indexed."""

    function = "racimo_host"
    output_field = TextField()

"""What anyone may look for in one go: a search is words, not a document."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_SEARCH_CHARACTERS = 200
MAX_SEARCH_WORDS = 16


def validate_search(text: str) -> None:
    """Refuse what no person would type into a search box, before it reaches the database."""
    if len(text) > MAX_SEARCH_CHARACTERS:
        raise ValidationError(
            _("Busque con %(max)s caracteres o menos.") % {"max": MAX_SEARCH_CHARACTERS}
        )
    if len(text.split()) > MAX_SEARCH_WORDS:
        raise ValidationError(_("Busque con %(max)s palabras o menos.") % {"max": MAX_SEARCH_WORDS})
    if "\0" in text:
        raise ValidationError(_("El texto contiene caracteres que no se pueden buscar."))

"""A person's language as it is stored, es, pt or en, and as pages name it."""

from common.models import Language

_PAGE_LANGUAGES = {Language.PT: "pt-br"}


def site_language(stored: str) -> str:
    """Return the language code of pages: pt reads pt-br."""
    return _PAGE_LANGUAGES.get(Language(stored), stored)


def language_of(page_language: str | None) -> str:
    """Return the stored language of a page's language code, Spanish when it is none of ours."""
    code = (page_language or "")[:2]
    return code if code in Language.values else Language.ES

"""Languages of labels that are stored in three columns."""

from django.utils.translation import get_language

LABEL_LANGUAGES = ("es", "pt", "en")


def label_language() -> str:
    """Return the reader's language as a column suffix: es, pt or en."""
    code = (get_language() or "es")[:2]
    return code if code in LABEL_LANGUAGES else "es"


def in_readers_language(row: object, field: str) -> str:
    """Return ``field_es|pt|en`` of a row in the reader's language, else the first one written."""
    order = (label_language(), *LABEL_LANGUAGES)
    return next((text for code in order if (text := getattr(row, f"{field}_{code}"))), "")

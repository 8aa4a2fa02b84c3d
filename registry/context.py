"""What the frame of every page shows: the section, the languages, the reader's organizations."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from firms.policies import organizations_of
from matching.policies.introductions import with_waiting

MENU_LENGTH = 8

# Each language by the name its own readers give it, whatever the language of the page.
OWN_NAMES = {"es": "Español", "pt-br": "Português", "en": "English"}

SECTIONS = (
    ("firms:directory", "directory"),
    ("firms:organization", "directory"),
    ("firms:need", "needs"),
    ("firms:offer", "offers"),
    ("matching:for-need", "needs"),
    ("matching:for-offer", "offers"),
    ("matching:introduction", "introductions"),
    ("programs:", "programs"),
    ("clusters:", "clusters"),
    ("firms:cluster", "clusters"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Return what base.html needs; nothing is read from the database unless it is drawn."""
    own = SimpleLazyObject(lambda: _own_organizations(request))
    return {
        "section": _section(request),
        "language_links": _language_links(request),
        "twins": _twins(request),
        "own_address": f"{settings.SITE_ORIGIN}{request.path}",
        "acting": getattr(request, "acting", None),
        "own_organizations": own,
        "introductions_waiting": SimpleLazyObject(lambda: sum(each.waiting for each in own)),
    }


def _section(request: HttpRequest) -> str:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return next((section for prefix, section in SECTIONS if name.startswith(prefix)), "")


def _language_links(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """Return (code, name, address of this page in it, is current) per language."""
    current = get_language()
    path = request.get_full_path()
    return [
        (code, OWN_NAMES[code], _in_language(path, code), code == current)
        for code, _name in settings.LANGUAGES
    ]


def _twins(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (language tag, absolute address) of this page in each language, filters aside."""
    pages = [
        (tag_of(code), f"{settings.SITE_ORIGIN}{_in_language(request.path, code)}")
        for code, _name in settings.LANGUAGES
    ]
    return [*pages, ("x-default", pages[0][1])]


def tag_of(code: str) -> str:
    """Write a language as the web does: pt-BR."""
    language, _dash, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _in_language(path: str, code: str) -> str:
    """Return a page's address in another language; a page that no address names leads home."""
    translated = translate_url(path, code)
    return translated if translated.startswith(f"/{code}/") else f"/{code}/"


def _own_organizations(request: HttpRequest) -> QuerySet[Any]:
    """Return the reader's organizations, each with how many introductions wait for its answer."""
    rows = organizations_of(getattr(request, "user", AnonymousUser()))
    return with_waiting(rows).order_by("legal_name", "pk")[:MENU_LENGTH]

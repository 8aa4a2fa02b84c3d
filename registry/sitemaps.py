"""What search engines may read: the list of public pages, in every language, and what to leave."""

from collections.abc import Callable
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from clusters.policies import visible_clusters
from firms.policies import visible_organizations
from programs.policies import visible_programs
from registry.context import tag_of

PAGE = 5_000
DAY = 86_400
XML = "application/xml; charset=utf-8"
NOBODY = AnonymousUser()
# Section: the rows that anybody may see, the page of one, and the column that names it there.
SECTIONS: dict[str, tuple[Callable[[], QuerySet[Any]], str, str]] = {
    "organizations": (
        lambda: visible_organizations(NOBODY).active(),
        "firms:organization",
        "public_id",
    ),
    "clusters": (lambda: visible_clusters(NOBODY), "clusters:detail", "slug"),
    "programs": (lambda: visible_programs(NOBODY), "programs:program", "slug"),
}
LEFT_OUT = ("/api/", "/*/accounts/", "/*/operations/", "/*/privacy/contact/", "/*/claims/")


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def index(request: HttpRequest) -> HttpResponse:
    """List the parts of the site map."""
    parts = [
        f"{settings.SITE_ORIGIN}{reverse('sitemap', args=[name, number])}"
        for name, (rows, _page, _column) in SECTIONS.items()
        for number in range(1, ceil(rows().count() / PAGE) + 1)
    ]
    return render(request, "registry/sitemap_index.xml", {"parts": parts}, content_type=XML)


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """List some public pages with their twins in the other languages."""
    if section not in SECTIONS or number < 1:
        raise Http404
    rows, page, column = SECTIONS[section]
    found = rows().order_by("pk").values_list(column, "updated_at")
    chosen = list(found[(number - 1) * PAGE : number * PAGE])
    if not chosen:
        raise Http404
    pages = [(_in_languages(page, key), changed) for key, changed in chosen]
    return render(request, "registry/sitemap.xml", {"pages": pages}, content_type=XML)


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers should leave alone, and where the site map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in LEFT_OUT)]
    lines += ["", f"Sitemap: {settings.SITE_ORIGIN}{reverse('sitemap-index')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _in_languages(page: str, key: object) -> list[tuple[str, str]]:
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append((tag_of(code), f"{settings.SITE_ORIGIN}{reverse(page, args=[key])}"))
    return found

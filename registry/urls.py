"""Addresses: pages stand under their language; the API and static documents without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from firms.views.logos import logo_image
from registry import health, sitemaps

handler400 = "registry.refusals.bad_request"
handler403 = "registry.refusals.permission_denied"
handler404 = "registry.refusals.page_not_found"
handler500 = "registry.unavailable.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.part, name="sitemap"),
    path("logos/<slug:key>-<int:size>.<slug:ending>", logo_image, name="logo"),
    path("api/v1/", include("registry.api_urls")),
    *i18n_patterns(
        path("", include("registry.site")),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("privacy/", include("registry.privacy.urls")),
        path("clusters/", include("clusters.urls")),
        path("", include("firms.urls")),
        path("programs/", include("programs.urls")),
        path("", include("matching.urls")),
    ),
]

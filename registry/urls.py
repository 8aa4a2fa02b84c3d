"""Addresses: pages stand under their language; the API and static documents without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from registry import health

handler400 = "registry.refusals.bad_request"
handler403 = "registry.refusals.permission_denied"
handler404 = "registry.refusals.page_not_found"
handler500 = "registry.unavailable.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
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

"""Addresses: pages stand under their language; the API and static documents without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("registry.api_urls")),
    *i18n_patterns(
        path("", include("registry.site")),
        path("accounts/", include("accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("clusters/", include("clusters.urls")),
        path("", include("firms.urls")),
        path("programs/", include("programs.urls")),
        path("", include("matching.urls")),
    ),
]

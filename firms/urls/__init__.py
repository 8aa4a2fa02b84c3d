"""Addresses of the firms pages, one module an area."""

from firms.urls import claims, core

app_name = "firms"
urlpatterns = [
    *core.urlpatterns,
    *claims.urlpatterns,
]

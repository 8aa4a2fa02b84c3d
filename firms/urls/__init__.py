"""Addresses of the firms pages, one module an area."""

from firms.urls import core

app_name = "firms"
urlpatterns = [
    *core.urlpatterns,
]

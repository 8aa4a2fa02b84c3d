"""Addresses of the pages that belong to no app: home and operations."""

from django.urls import URLPattern, URLResolver, path

from registry import gallery, reference, views

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/map.geojson", gallery.gallery_map, name="gallery-map"),
    path("api/", reference.api_reference, name="api-reference"),
]

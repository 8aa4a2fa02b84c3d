"""Addresses of the pages that belong to no app: home and operations."""

from django.urls import URLPattern, URLResolver, path

from registry import gallery, manifest, operations, reference, views

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("map.geojson", views.home_map, name="home-map"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/map.geojson", gallery.gallery_map, name="gallery-map"),
    path("operations/", operations.operations, name="operations"),
    path("operations/jobs/<int:job_id>/retry/", operations.retry_job, name="job-retry"),
    path("operations/jobs/<int:job_id>/discard/", operations.discard_job, name="job-discard"),
    path("operations/mail/<int:effect_id>/retry/", operations.retry_mail, name="mail-retry"),
    path("operations/mail/<int:effect_id>/discard/", operations.discard_mail, name="mail-discard"),
    path("api/", reference.api_reference, name="api-reference"),
]

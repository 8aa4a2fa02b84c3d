"""Addresses of the API, version 1."""

from django.urls import path, re_path

from clusters import api as clusters
from programs import api as programs
from registry import api

app_name = "api"
urlpatterns = [
    path("", api.Root.as_view(), name="root"),
    path("schema/", api.Document.as_view(), name="schema"),
    path("docs/", api.docs, name="docs"),
    path("countries/", clusters.Countries.as_view(), name="countries"),
    path("divisions/", clusters.Divisions.as_view(), name="divisions"),
    path("cities/", clusters.Cities.as_view(), name="cities"),
    path("classifications/", clusters.Classifications.as_view(), name="classifications"),
    path(
        "classifications/search/",
        clusters.ClassificationSearch.as_view(),
        name="classification-search",
    ),
    path(
        "classifications/<slug:scheme>/<slug:code>/",
        clusters.ClassificationEntry.as_view(),
        name="classification",
    ),
    path("certificate-standards/", clusters.Standards.as_view(), name="certificate-standards"),
    path("programs/", programs.Programs.as_view(), name="programs"),
    path("programs/<slug:slug>/", programs.OneProgram.as_view(), name="program"),
    path("calls/", programs.Calls.as_view(), name="calls"),
    path("calls/<uuid:public_id>/", programs.OneCall.as_view(), name="call"),
    path("organizations/<uuid:public_id>/verdicts/", programs.Verdicts.as_view(), name="verdicts"),
    re_path(r".*", api.missing, name="missing"),
]

"""Addresses of saved searches, their feeds, and files of what was found."""

from django.urls import path

from firms.views import exports, searches

urlpatterns = [
    path("searches/", searches.searches, name="searches"),
    path("searches/<uuid:public_id>/", searches.search, name="search"),
    path("searches/feed/<str:token>/", searches.feed, name="search-feed"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:public_id>/", exports.export, name="export"),
    path("exports/<uuid:public_id>/file/", exports.export_file, name="export-file"),
]

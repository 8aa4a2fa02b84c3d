"""Addresses of possible duplicates and of unions."""

from django.urls import path

from firms.views import duplicates

urlpatterns = [
    path("duplicates/", duplicates.queue, name="duplicates"),
    path("duplicates/<uuid:public_id>/", duplicates.pair_page, name="duplicate"),
    path("merges/", duplicates.merges, name="merges"),
    path("merges/<uuid:public_id>/undo/", duplicates.merge_undo, name="merge-undo"),
]

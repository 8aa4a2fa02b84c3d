"""Addresses of histories."""

from django.urls import path

from firms.views import history

urlpatterns = [
    path(
        "organizations/<uuid:public_id>/history/",
        history.organization_history,
        name="organization-history",
    ),
    path(
        "offers/<uuid:public_id>/history/",
        history.listing_history,
        {"kind": "offer"},
        name="offer-history",
    ),
    path(
        "needs/<uuid:public_id>/history/",
        history.listing_history,
        {"kind": "need"},
        name="need-history",
    ),
]

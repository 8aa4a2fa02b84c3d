"""Addresses of what stands beside offers and needs."""

from django.urls import path

from firms.views.listing_files import listing_file, listing_files_page, listing_renew
from firms.views.listings import NEED, OFFER

urlpatterns = [
    path("needs/<uuid:public_id>/files/", listing_files_page, {"kind": NEED}, name="need-files"),
    path(
        "needs/<uuid:public_id>/files/<uuid:file_id>/",
        listing_file,
        {"kind": NEED},
        name="need-file",
    ),
    path("offers/<uuid:public_id>/files/", listing_files_page, {"kind": OFFER}, name="offer-files"),
    path(
        "offers/<uuid:public_id>/files/<uuid:file_id>/",
        listing_file,
        {"kind": OFFER},
        name="offer-file",
    ),
    path("listings/renew/<str:token>/", listing_renew, name="listing-renew"),
]

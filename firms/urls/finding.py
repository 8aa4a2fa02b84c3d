"""Addresses of the map's tiles."""

from django.urls import path

from firms.views import tiles

urlpatterns = [
    path("directory/tiles/<int:z>/<int:x>/<int:y>.mvt", tiles.public_tile, name="tile"),
    path("directory/own-tiles/<int:z>/<int:x>/<int:y>.mvt", tiles.own_tile, name="own-tile"),
]

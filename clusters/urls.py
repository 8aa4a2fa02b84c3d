"""Addresses of the clusters pages."""

from django.urls import path

from clusters import views

app_name = "clusters"
urlpatterns = [
    path("", views.cluster_list, name="list"),
    path("map.geojson", views.cluster_map, name="map"),
    path("classifications/", views.classifications, name="classifications"),
    path("cities/", views.cities, name="cities"),
    path("<slug:slug>/", views.cluster_detail, name="detail"),
]

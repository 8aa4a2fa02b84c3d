"""Addresses of the programs pages."""

from django.urls import URLPattern, URLResolver

app_name = "programs"
urlpatterns: list[URLPattern | URLResolver] = []

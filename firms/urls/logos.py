"""Addresses of logos."""

from django.urls import path

from firms.views import logos

urlpatterns = [
    path("organizations/<uuid:public_id>/logo/", logos.logo_page, name="logo"),
    path("organizations/<uuid:public_id>/logo/remove/", logos.logo_remove, name="logo-remove"),
]

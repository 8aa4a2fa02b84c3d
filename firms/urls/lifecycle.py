"""Addresses of what becomes of an organization."""

from django.urls import path

from firms.views import lifecycle

urlpatterns = [
    path("organizations/<uuid:public_id>/lifecycle/", lifecycle.lifecycle_page, name="lifecycle"),
    path(
        "organizations/<uuid:public_id>/confirm/",
        lifecycle.organization_confirm,
        name="organization-confirm",
    ),
    path("reconfirm/<str:token>/", lifecycle.reconfirm, name="reconfirm"),
    path(
        "successions/<uuid:public_id>/<slug:answer>/",
        lifecycle.succession_answer,
        name="succession-answer",
    ),
]

"""Addresses of registering an organization."""

from django.urls import path

from firms.views import number_reviews, wizard

urlpatterns = [
    path("organizations/new/", wizard.registration_start, name="organization-create"),
    path(
        "organizations/new/<uuid:public_id>/same/",
        wizard.registration_matches,
        name="registration-matches",
    ),
    path(
        "organizations/new/<uuid:public_id>/review/",
        wizard.registration_review,
        name="registration-review",
    ),
    path(
        "organizations/new/<uuid:public_id>/done/",
        wizard.registration_done,
        name="registration-done",
    ),
    path(
        "organizations/new/<uuid:public_id>/discard/",
        wizard.registration_discard,
        name="registration-discard",
    ),
    path(
        "organizations/new/<uuid:public_id>/<slug:step>/",
        wizard.registration_step,
        name="registration-step",
    ),
    path("number-reviews/", number_reviews.number_reviews, name="number-reviews"),
    path("number-reviews/<uuid:public_id>/", number_reviews.number_review, name="number-review"),
]

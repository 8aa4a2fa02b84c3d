"""Addresses of the pages that keep a profile."""

from django.urls import path

from firms.views import evidence, profile

OWN = "organizations/<uuid:public_id>/"

urlpatterns = [
    path(f"{OWN}edit/", profile.organization_edit, name="organization-edit"),
    path(f"{OWN}edit/leadership/", profile.leadership_edit, name="leadership-edit"),
    path(f"{OWN}edit/visibility/", profile.visibility_edit, name="visibility-edit"),
    path(f"{OWN}edit/<slug:slug>/", profile.section_edit, name="section-edit"),
    path(
        f"{OWN}leadership/withdraw/",
        profile.leadership_withdraw,
        name="leadership-withdraw",
    ),
    path(
        f"{OWN}certificates/<slug:name>/document/",
        evidence.certificate_evidence,
        name="certificate-evidence",
    ),
    path(f"{OWN}ownership-links/", profile.ownership_link_say, name="ownership-link-say"),
    path(
        f"{OWN}ownership-links/<uuid:link_id>/confirm/",
        profile.ownership_link_answer,
        {"answer": "confirm"},
        name="ownership-link-confirm",
    ),
    path(
        f"{OWN}ownership-links/<uuid:link_id>/remove/",
        profile.ownership_link_answer,
        {"answer": "remove"},
        name="ownership-link-remove",
    ),
]

"""Addresses of the team's queue, reports and appeals."""

from django.urls import path

from firms.views import cases, moderation

urlpatterns = [
    path("moderation/", moderation.moderation_queue, name="moderation"),
    path("moderation/blocks/", moderation.block_list, name="block-list"),
    path(
        "moderation/blocks/<uuid:public_id>/remove/", moderation.block_remove, name="block-remove"
    ),
    path("moderation/<uuid:public_id>/", moderation.moderation_case, name="moderation-case"),
    path("decisions/<uuid:public_id>/", cases.case_appeal, name="case-appeal"),
    path(
        "organizations/<uuid:public_id>/report/",
        cases.report,
        {"kind": cases.ORGANIZATION},
        name="organization-report",
    ),
    path("needs/<uuid:public_id>/report/", cases.report, {"kind": cases.NEED}, name="need-report"),
    path(
        "offers/<uuid:public_id>/report/", cases.report, {"kind": cases.OFFER}, name="offer-report"
    ),
]

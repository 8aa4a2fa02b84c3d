"""Addresses of organizations, people, listings and cluster pages."""

from django.urls import path

from firms.views import clusters, lists, organizations, people
from firms.views.listings import (
    NEED,
    OFFER,
    listing_create,
    listing_edit,
    listing_move,
    listing_page,
)

urlpatterns = [
    path("directory/", lists.directory, name="directory"),
    path("organizations/find/", lists.organizations_found, name="organizations-found"),
    path("organizations/mine/", people.mine, name="mine"),
    path("organizations/<uuid:public_id>/", organizations.organization_page, name="organization"),
    path("organizations/<uuid:public_id>/people/", people.people_page, name="people"),
    path(
        "organizations/<uuid:public_id>/people/<uuid:person_id>/role/",
        people.person_role,
        name="person-role",
    ),
    path(
        "organizations/<uuid:public_id>/people/<uuid:person_id>/remove/",
        people.person_remove,
        name="person-remove",
    ),
    path(
        "organizations/<uuid:public_id>/invitations/<uuid:invitation_id>/revoke/",
        people.invitation_revoke,
        name="invitation-revoke",
    ),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("needs/", lists.needs, name="needs"),
    path("needs/new/", listing_create, {"kind": NEED}, name="need-create"),
    path("needs/<uuid:public_id>/", listing_page, {"kind": NEED}, name="need"),
    path("needs/<uuid:public_id>/edit/", listing_edit, {"kind": NEED}, name="need-edit"),
    path("needs/<uuid:public_id>/do/<slug:move>/", listing_move, {"kind": NEED}, name="need-move"),
    path("offers/", lists.offers, name="offers"),
    path("offers/new/", listing_create, {"kind": OFFER}, name="offer-create"),
    path("offers/<uuid:public_id>/", listing_page, {"kind": OFFER}, name="offer"),
    path("offers/<uuid:public_id>/edit/", listing_edit, {"kind": OFFER}, name="offer-edit"),
    path(
        "offers/<uuid:public_id>/do/<slug:move>/",
        listing_move,
        {"kind": OFFER},
        name="offer-move",
    ),
    path("new-cluster/", clusters.cluster_create, name="cluster-create"),
    path("clusters/<slug:slug>/members/", clusters.cluster_members, name="cluster-members"),
    path("clusters/<slug:slug>/chain/", clusters.cluster_chain, name="cluster-chain"),
    path("clusters/<slug:slug>/join/", clusters.cluster_join, name="cluster-join"),
    path("clusters/<slug:slug>/manage/", clusters.cluster_manage, name="cluster-manage"),
    path("clusters/<slug:slug>/invite/", clusters.cluster_invite, name="cluster-invite"),
    path("clusters/<slug:slug>/edit/", clusters.cluster_edit, name="cluster-edit"),
    path(
        "affiliations/<uuid:public_id>/confirm/",
        clusters.affiliation_answer,
        {"answer": "confirm"},
        name="affiliation-confirm",
    ),
    path(
        "affiliations/<uuid:public_id>/end/",
        clusters.affiliation_answer,
        {"answer": "end"},
        name="affiliation-end",
    ),
]

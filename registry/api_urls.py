"""Addresses of the API, version 1."""

from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext_lazy as _

from clusters.api import clusters
from clusters.api import reference as places
from firms.api import governance, organizations, sections
from firms.api import views as listings
from matching import api as matching
from programs import api as programs
from registry import api

app_name = "api"


def _moves(plural: str, kind: listings.Kind) -> list[URLPattern]:
    """Return the addresses of what an author does with an offer or a need."""
    summaries = {
        "publish": _("Publicar un borrador"),
        "hold": _("Poner en pausa"),
        "resume": _("Reanudar"),
    }
    views = {
        move: listings.Move.as_view(kind=kind, move=move, summary=text)
        for move, text in summaries.items()
    }
    views["close"] = listings.Close.as_view(kind=kind, summary=_("Cerrar y decir cómo terminó"))
    return [
        path(f"{plural}/<uuid:public_id>/{move}/", view, name=f"{kind.name}-{move}")
        for move, view in views.items()
    ]


urlpatterns = [
    path("", api.Root.as_view(), name="root"),
    path("schema/", api.Document.as_view(), name="schema"),
    path("docs/", api.docs, name="docs"),
    path("countries/", places.Countries.as_view(), name="countries"),
    path("divisions/", places.Divisions.as_view(), name="divisions"),
    path("cities/", places.Cities.as_view(), name="cities"),
    path("classifications/", places.Classifications.as_view(), name="classifications"),
    path(
        "classifications/search/",
        places.ClassificationSearch.as_view(),
        name="classification-search",
    ),
    path(
        "classifications/<slug:scheme>/<slug:code>/",
        places.ClassificationEntry.as_view(),
        name="classification",
    ),
    path("certificate-standards/", places.Standards.as_view(), name="certificate-standards"),
    path("clusters/", clusters.Clusters.as_view(), name="clusters"),
    path("clusters/<slug:slug>/", clusters.OneCluster.as_view(), name="cluster"),
    path("organizations/", organizations.Organizations.as_view(), name="organizations"),
    path(
        "organizations/<uuid:public_id>/",
        organizations.OneOrganization.as_view(),
        name="organization",
    ),
    path(
        "organizations/<uuid:public_id>/sections/<slug:slug>/",
        sections.OneSection.as_view(),
        name="organization-section",
    ),
    path(
        "organizations/<uuid:public_id>/leadership/",
        governance.OneLeadership.as_view(),
        name="leadership",
    ),
    path(
        "organizations/<uuid:public_id>/visibility/",
        governance.OneVisibility.as_view(),
        name="visibility",
    ),
    path(
        "organizations/<uuid:public_id>/ownership-links/",
        governance.OwnershipLinks.as_view(),
        name="ownership-links",
    ),
    path(
        "organizations/<uuid:public_id>/ownership-links/<uuid:link_id>/",
        governance.OneOwnershipLink.as_view(),
        name="ownership-link",
    ),
    path("organizations/<uuid:public_id>/needs/", listings.OwnNeeds.as_view(), name="own-needs"),
    path("organizations/<uuid:public_id>/offers/", listings.OwnOffers.as_view(), name="own-offers"),
    path("organizations/<uuid:public_id>/verdicts/", programs.Verdicts.as_view(), name="verdicts"),
    path("needs/", listings.Needs.as_view(), name="needs"),
    path("needs/<uuid:public_id>/", listings.OneNeed.as_view(), name="need"),
    path("needs/<uuid:public_id>/matches/", matching.NeedMatches.as_view(), name="need-matches"),
    *_moves("needs", listings.NEED),
    path("offers/", listings.Offers.as_view(), name="offers"),
    path("offers/<uuid:public_id>/", listings.OneOffer.as_view(), name="offer"),
    *_moves("offers", listings.OFFER),
    path("programs/", programs.Programs.as_view(), name="programs"),
    path("programs/<slug:slug>/", programs.OneProgram.as_view(), name="program"),
    path("calls/", programs.Calls.as_view(), name="calls"),
    path("calls/<uuid:public_id>/", programs.OneCall.as_view(), name="call"),
    re_path(r".*", api.missing, name="missing"),
]

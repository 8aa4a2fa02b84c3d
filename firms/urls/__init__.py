"""Addresses of the firms pages, one module an area."""

from firms.urls import (
    claims,
    contacts,
    core,
    duplicates,
    finding,
    history,
    lifecycle,
    listings,
    logos,
    moderation,
    people,
    profile,
    searches,
    spreadsheets,
    wizard,
)

app_name = "firms"
urlpatterns = [
    *wizard.urlpatterns,
    *core.urlpatterns,
    *people.urlpatterns,
    *claims.urlpatterns,
    *contacts.urlpatterns,
    *history.urlpatterns,
    *logos.urlpatterns,
    *spreadsheets.urlpatterns,
    *duplicates.urlpatterns,
    *profile.urlpatterns,
    *moderation.urlpatterns,
    *lifecycle.urlpatterns,
    *finding.urlpatterns,
    *searches.urlpatterns,
    *listings.urlpatterns,
]

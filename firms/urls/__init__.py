"""Addresses of the firms pages, one module an area."""

from firms.urls import claims, core, history, people, spreadsheets
from firms.urls import claims, core, history, people
from firms.urls import claims, core, people
from firms.urls import claims, core, duplicates
from firms.urls import claims, core, duplicates, people
from firms.urls import claims, core, duplicates, history, people

app_name = "firms"
urlpatterns = [
    *core.urlpatterns,
    *people.urlpatterns,
    *claims.urlpatterns,
    *history.urlpatterns,
    *spreadsheets.urlpatterns,
    *duplicates.urlpatterns,
]

"""Addresses of spreadsheets that people bring in."""

from django.urls import path

from firms.views import spreadsheet_files, spreadsheets

urlpatterns = [
    path("imports/", spreadsheets.imports, name="imports"),
    path("imports/template/<slug:kind>/", spreadsheet_files.template, name="import-template"),
    path("imports/<uuid:public_id>/", spreadsheets.spreadsheet, name="import"),
    path("imports/<uuid:public_id>/columns/", spreadsheets.columns, name="import-columns"),
    path("imports/<uuid:public_id>/rows/<int:number>/", spreadsheets.row, name="import-row"),
    path("imports/<uuid:public_id>/do/<slug:move>/", spreadsheets.move, name="import-move"),
    path("imports/<uuid:public_id>/undo/", spreadsheets.undo, name="import-undo"),
    path("imports/<uuid:public_id>/left-out/", spreadsheet_files.left_out, name="import-left-out"),
]

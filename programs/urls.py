"""Addresses of the programs pages."""

from django.urls import path

from programs.views import awards, desk, details, editor, facts, history, lists, qualify

app_name = "programs"
urlpatterns = [
    path("", lists.program_list, name="list"),
    path("for/<uuid:public_id>/", qualify.organization_programs, name="for-organization"),
    path("for/<uuid:public_id>/answers/", qualify.declaration, name="declaration"),
    path("for/<uuid:public_id>/facts/<slug:fact>/", facts.fact_answer, name="fact-answer"),
    path("awards/<uuid:public_id>/", awards.awards_of, name="awards-of"),
    path("desk/", desk.desk, name="desk"),
    path("new/<uuid:public_id>/", desk.program_create, name="program-create"),
    path("calls/<uuid:public_id>/", details.call_page, name="call"),
    path("calls/<uuid:public_id>/edit/", desk.call_edit, name="call-edit"),
    path("calls/<uuid:public_id>/publish/", desk.call_publish, name="call-publish"),
    path("calls/<uuid:public_id>/cancel/", desk.call_cancel, name="call-cancel"),
    path("calls/<uuid:public_id>/criteria/", editor.call_criteria_page, name="call-criteria"),
    path(
        "calls/<uuid:public_id>/criteria/<int:key>/remove/",
        editor.call_criterion_remove,
        name="call-criterion-remove",
    ),
    path("<slug:slug>/", details.program_page, name="program"),
    path("<slug:slug>/history/", history.program_history, name="program-history"),
    path("<slug:slug>/edit/", desk.program_edit, name="program-edit"),
    path("<slug:slug>/calls/new/", desk.call_create, name="call-create"),
    path("<slug:slug>/criteria/", editor.program_criteria_page, name="program-criteria"),
    path(
        "<slug:slug>/criteria/<int:key>/remove/",
        editor.program_criterion_remove,
        name="program-criterion-remove",
    ),
]

"""Addresses of the matching pages."""

from django.urls import URLPattern, URLResolver, path

from matching.views.answer import answer
from matching.views.compare import compare
from matching.views.introductions.answer import introduction_answer
from matching.views.introductions.ask import introduction_ask
from matching.views.introductions.lists import introductions
from matching.views.introductions.outcome import introduction_outcome
from matching.views.introductions.page import introduction, introduction_file
from matching.views.pairs import for_need, for_offer, for_organization, memory, respond
from matching.views.preview import preview, suggestions
from matching.views.serving import capacity, fairness, served
from matching.views.writing import write_start, write_step

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    path("answer/", answer, name="answer"),
    path("needs/write/", write_start, name="write"),
    path("needs/write/<uuid:public_id>/<slug:step>/", write_step, name="write-step"),
    path("preview/", preview, name="preview"),
    path("suggestions/", suggestions, name="suggestions"),
    path("needs/<uuid:public_id>/compare/", compare, name="compare"),
    path("matches/memory/", memory, name="memory"),
    path("needs/<uuid:public_id>/matches/", for_need, name="for-need"),
    path("offers/<uuid:public_id>/matches/", for_offer, name="for-offer"),
    path("organizations/<uuid:public_id>/matches/", for_organization, name="for-organization"),
    path("needs/<uuid:need_id>/matches/<uuid:offer_id>/", respond, name="respond"),
    path("introductions/", introductions, name="introductions"),
    path("introductions/ask/", introduction_ask, name="introduction-ask"),
    path("introductions/answer/<str:token>/", introduction_answer, name="introduction-answer"),
    path("introductions/<uuid:public_id>/", introduction, name="introduction"),
    path(
        "introductions/<uuid:public_id>/outcome/", introduction_outcome, name="introduction-outcome"
    ),
    path(
        "introductions/<uuid:public_id>/files/<slug:name>/",
        introduction_file,
        name="introduction-file",
    ),
    path("needs/<uuid:public_id>/served/", served, name="served"),
    path("organizations/<uuid:public_id>/capacity/", capacity, name="capacity"),
    path("clusters/<slug:slug>/fairness/", fairness, name="fairness"),
]

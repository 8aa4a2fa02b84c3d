"""Addresses of acting for other organizations, and of the yearly review of people."""

from django.urls import path

from firms.views import acting, reviews

urlpatterns = [
    path("acting/", acting.acting_page, name="acting"),
    path("acting/stop/", acting.acting_stop, name="acting-stop"),
    path("acting/<uuid:public_id>/start/", acting.acting_start, name="acting-start"),
    path("organizations/<uuid:public_id>/speak/", acting.speak_for, name="speak-for"),
    path("organizations/<uuid:public_id>/consents/", acting.consents, name="consents"),
    path(
        "organizations/<uuid:public_id>/consents/<uuid:consent_id>/end/",
        acting.consent_end,
        name="consent-end",
    ),
    path("organizations/<uuid:public_id>/people/review/", reviews.review, name="people-review"),
]

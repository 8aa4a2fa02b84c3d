"""Addresses of claims."""

from django.urls import path

from firms.views import claims

urlpatterns = [
    path("organizations/<uuid:public_id>/claim/", claims.claim_page, name="claim"),
    path("claims/<uuid:public_id>/code/", claims.claim_code, name="claim-code"),
    path("claims/<uuid:public_id>/withdraw/", claims.claim_withdraw, name="claim-withdraw"),
    path("claims/<uuid:public_id>/vouch/", claims.claim_vouch, name="claim-vouch"),
    path("claims/<uuid:public_id>/document/", claims.claim_document, name="claim-document"),
]

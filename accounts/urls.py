"""Addresses of a person's own account that allauth does not have."""

from django.urls import path

from accounts import views, views_email, views_notices, views_sessions

app_name = "accounts"
urlpatterns = [
    # these two stand before allauth's pages of the same address
    path("email/", views_email.email, name="email"),
    path("password/change/", views_email.password_change, name="password-change"),
    path("email/withdraw/", views_email.email_withdraw, name="email-withdraw"),
    path("email/confirm/<str:token>/", views_email.email_confirm, name="email-confirm"),
    path("email/undo/<str:token>/", views_email.email_undo, name="email-undo"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/<slug:reference>/end/", views_sessions.session_end, name="session-end"),
    path("settings/", views.settings, name="settings"),
    path("notifications/", views_notices.notifications, name="notifications"),
    path("unsubscribe/<str:token>/", views_notices.unsubscribe, name="unsubscribe"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<uuid:public_id>/revoke/", views.token_revoke, name="token-revoke"),
]

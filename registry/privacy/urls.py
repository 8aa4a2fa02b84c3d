"""Addresses of the pages of privacy."""

from django.urls import path

from registry.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.text, name="text"),
    path("mine/", views.mine, name="mine"),
    path("mine/copy/", views.copy_ask, name="copy"),
    path("mine/copy/<uuid:public_id>/", views.copy_fetch, name="copy-fetch"),
    path("mine/close/", views.close, name="close"),
    path("mine/close/undo/", views.close_undo, name="close-undo"),
    path("contact/<str:token>/", views.contact_removal, name="contact-removal"),
]

"""Addresses of contacts."""

from django.urls import path

from firms.views import contacts

urlpatterns = [
    path("organizations/<uuid:public_id>/contacts/", contacts.contacts_page, name="contacts"),
    path("contacts/<uuid:public_id>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<uuid:public_id>/confirm/", contacts.contact_confirm, name="contact-confirm"),
    path("contacts/<uuid:public_id>/remove/", contacts.contact_remove, name="contact-remove"),
    path("contacts/<uuid:public_id>/reveal/", contacts.contact_reveal, name="contact-reveal"),
]

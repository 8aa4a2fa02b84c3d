"""Contacts of an organization: kept by its people, shown to who asks for them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from firms import policies
from firms.forms.contacts import ContactForm
from firms.models import Contact
from firms.services.contacts import (
    CannotReveal,
    confirm_contact,
    keep_contact,
    remove_contact,
    reveal_contact,
)
from firms.views.answers import person, see_other

SEEN = 30


@require_http_methods(["GET", "HEAD", "POST"])
def contacts_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an organization's contacts and who saw them; add one."""
    editable = policies.editable_organizations(request.user)
    organization = get_object_or_404(editable, public_id=public_id)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keep_contact(
            by=person(request),
            organization=organization,
            content=form.content(),
            now=timezone.now(),
        )
        messages.success(request, _("Contacto guardado."))
        return see_other("firms:contacts", public_id)
    context = {
        "organization": organization,
        "form": form,
        "contacts": organization.contacts.order_by("role", "pk"),
        "seen": policies.views_of_contacts(request.user, organization)[:SEEN],
    }
    return render(request, "firms/contacts/page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a contact."""
    contact = get_object_or_404(policies.editable_contacts(request.user), public_id=public_id)
    first = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        keep_contact(
            by=person(request),
            organization=contact.organization,
            content=form.content(),
            now=timezone.now(),
            contact=contact,
        )
        messages.success(request, _("Contacto guardado."))
        return see_other("firms:contacts", contact.organization.public_id)
    context = {"contact": contact, "form": form}
    return render(request, "firms/contacts/edit.html", context, status=422 if form.errors else 200)


@require_POST
def contact_confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a contact is still right."""
    contact = get_object_or_404(policies.editable_contacts(request.user), public_id=public_id)
    confirm_contact(by=person(request), contact=contact, now=timezone.now())
    messages.success(request, _("Gracias: el contacto queda confirmado hoy."))
    return see_other("firms:contacts", contact.organization.public_id)


@require_POST
def contact_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete a contact."""
    contact = get_object_or_404(policies.editable_contacts(request.user), public_id=public_id)
    organization = contact.organization
    remove_contact(by=person(request), contact=contact, now=timezone.now())
    messages.success(request, _("Contacto borrado."))
    return see_other("firms:contacts", organization.public_id)


@require_POST
def contact_reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the name and numbers of a contact, and keep who asked."""
    contact = get_object_or_404(policies.revealable_contacts(request.user), public_id=public_id)
    shown: Contact | None = contact
    try:
        reveal_contact(by=person(request), contact=contact, now=timezone.now())
    except CannotReveal:
        shown = None
    context = {"contact": contact, "shown": shown}
    status = 200 if shown else 429
    return render(request, "firms/contacts/revealed.html", context, status=status)

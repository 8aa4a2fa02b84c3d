"""Telling people that a source listed them: once, within a month, with a way out."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.languages import site_language
from common.mail import send
from firms.models import Contact, ContactSource

SALT = "firms.contact.removal"
BATCH = 500
SUBJECT = _("%(organization)s figura en Racimo con su correo")
BODY = _(
    "Hola:\n\nRacimo es un registro de organizaciones y clústeres. %(organization)s figura con este"
    " correo como contacto (%(role)s). Lo tomamos de: %(source)s.\n\nLo usamos para que quien busca"
    " proveedores o socios pueda escribirle. Se muestra el correo del cargo; nunca su nombre ni su"
    " teléfono sin su consentimiento.\n\nSi no quiere figurar, quítese aquí; no volveremos a"
    " listarle:\n%(removal)s\n\nSi es su organización, puede administrar la ficha"
    " aquí:\n%(page)s\n\nCómo tratamos los datos: %(privacy)s\n"
)


def removal_link(contact: Contact) -> str:
    """Return the address with which a contact takes itself off."""
    token = signing.dumps(str(contact.public_id), salt=SALT)
    return f"{settings.SITE_ORIGIN}{reverse('privacy:contact-removal', args=[token])}"


def read_removal_link(token: str) -> Contact | None:
    """Return the contact that a link is for, if it is still listed."""
    try:
        public_id = UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
    return Contact.objects.filter(public_id=public_id).select_related("organization").first()


@transaction.atomic
def write_notices(*, now: dt.datetime) -> int:
    """Write to imported contacts that have not been told yet; return how many."""
    untold = Contact.objects.filter(source=ContactSource.IMPORT, noticed_at=None)
    reachable = untold.exclude(role_email="", personal_email="").select_related("organization")
    rows = list(reachable.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    for contact in rows:
        _write(contact)
        contact.noticed_at = now
        contact.save(update_fields=["noticed_at", "updated_at"])
    return len(rows)


def _write(contact: Contact) -> None:
    organization = contact.organization
    with override(site_language(organization.language)):
        page = reverse("firms:organization", args=[organization.public_id])
        values = {
            "organization": organization.name,
            "role": contact.role,
            "source": contact.source_name,
            "removal": removal_link(contact),
            "page": f"{settings.SITE_ORIGIN}{page}",
            "privacy": f"{settings.SITE_ORIGIN}{reverse('privacy:text')}",
        }
        subject, body = str(SUBJECT) % values, str(BODY) % values
    send(contact.mailbox, subject, body, dedup=f"contact-notice:{contact.public_id}")

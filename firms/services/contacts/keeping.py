"""Writing contacts, each with its entry in the ledger of consent."""

import datetime as dt
from dataclasses import asdict, dataclass, field

from django.db import transaction

from accounts.models import Consent, LawfulBasis, Purpose, User
from accounts.models.privacy import TEXT_VERSION
from firms.models import Contact, ContactSource, ContactVisibility, Organization
from firms.services.contacts.objections import has_objected


class CannotListContact(Exception):
    """A source brings an address that asked not to be listed."""


@dataclass(frozen=True)
class ContactContent:
    """What is said of a contact."""

    role: str
    lawful_basis: str
    role_email: str = ""
    name: str = ""
    personal_email: str = ""
    phone: str = ""
    whatsapp: str = ""
    languages: list[str] = field(default_factory=list)
    visibility: str = ContactVisibility.ROLE
    basis_note: str = ""
    source: str = ContactSource.SELF
    source_name: str = ""


@transaction.atomic
def keep_contact(
    *,
    organization: Organization,
    content: ContactContent,
    now: dt.datetime,
    by: User | None = None,
    contact: Contact | None = None,
) -> Contact:
    """Write a contact, new or known, and what it is held for.

    ``by`` is nobody when a source is imported; such a contact is confirmed by nobody either.
    Raises ``CannotListContact`` when what a source brings asked not to be listed.
    """
    if content.source == ContactSource.IMPORT and _objected(content):
        raise CannotListContact
    kept = contact or Contact(organization=organization)
    for name, value in asdict(content).items():
        setattr(kept, name, value)
    if by is not None:
        kept.last_confirmed_on = now.date()
        kept.user = by if by.email == kept.mailbox else kept.user
    kept.save()
    _enter(kept, now)
    return kept


def _objected(content: ContactContent) -> bool:
    emails = (content.role_email, content.personal_email)
    return any(has_objected(email) for email in emails if email)


@transaction.atomic
def confirm_contact(*, by: User, contact: Contact, now: dt.datetime) -> None:
    """Say that a contact is still right."""
    contact.last_confirmed_on = now.date()
    contact.save(update_fields=["last_confirmed_on", "updated_at"])


@transaction.atomic
def remove_contact(*, by: User, contact: Contact, now: dt.datetime) -> None:
    """Delete a contact; the ledger keeps that it was held, without its data."""
    withdraw(contact, now)
    contact.delete()


def withdraw(contact: Contact, now: dt.datetime) -> None:
    """End the entry of a contact in the ledger."""
    entries = Consent.objects.filter(contact=contact.public_id, withdrawn_at=None)
    entries.update(withdrawn_at=now)


def _enter(contact: Contact, now: dt.datetime) -> None:
    """Write the ledger when the basis is new: an entry is never changed."""
    entries = Consent.objects.filter(contact=contact.public_id, withdrawn_at=None)
    if entries.filter(basis=contact.lawful_basis).exists():
        return
    entries.update(withdrawn_at=now)
    Consent.objects.create(
        contact=contact.public_id,
        purpose=Purpose.CONTACT,
        basis=LawfulBasis(contact.lawful_basis),
        text_version=TEXT_VERSION,
        source=contact.source_name[:120] or contact.get_source_display(),
        given_at=now,
    )

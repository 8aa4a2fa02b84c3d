"""Contacts of organizations: kept, shown to who asks, confirmed, and forgotten."""

from firms.services.contacts.forgetting import (
    forget_contact,
    forget_silent_contacts,
)
from firms.services.contacts.keeping import (
    CannotListContact,
    ContactContent,
    confirm_contact,
    keep_contact,
    remove_contact,
)
from firms.services.contacts.notices import read_removal_link, write_notices
from firms.services.contacts.objections import fingerprint, has_objected
from firms.services.contacts.revealing import CannotReveal, reveal_contact

__all__ = [
    "CannotListContact",
    "CannotReveal",
    "ContactContent",
    "confirm_contact",
    "fingerprint",
    "forget_contact",
    "forget_silent_contacts",
    "has_objected",
    "keep_contact",
    "read_removal_link",
    "remove_contact",
    "reveal_contact",
    "write_notices",
]

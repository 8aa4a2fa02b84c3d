"""Addresses that asked not to be listed again, known by a keyed fingerprint only."""

from django.utils.crypto import salted_hmac

from firms.models import ContactObjection

SALT = "firms.contact.objection"


def fingerprint(email: str) -> str:
    """Return a keyed digest of an address: it can be compared, not read."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()


def has_objected(email: str) -> bool:
    """Say whether an address asked not to be listed."""
    return ContactObjection.objects.filter(digest=fingerprint(email)).exists()

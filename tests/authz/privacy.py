"""Contacts, copies of data and logos, for the matrix."""

from typing import Any
from uuid import UUID

from accounts.models import LawfulBasis
from firms.models import ContactVisibility
from tests.factories import ContactFactory, DataExportFactory

Kinds = dict[str, dict[str, dict[str, Any]]]
NOBODYS = UUID(int=0)


def personal_data(world: Any) -> Kinds:
    """Add contacts of both organizations, one open to who asks, and a copy that has expired."""
    shown = {"visibility": ContactVisibility.ON_REQUEST, "lawful_basis": LawfulBasis.CONSENT}
    hidden = {"visibility": ContactVisibility.PRIVATE}
    contacts = {
        "own": ContactFactory(organization=world.own, **shown),
        "public": ContactFactory(organization=world.foreign, **shown),
        "private": ContactFactory(organization=world.foreign, **hidden),
    }
    ids = {kind: row.public_id for kind, row in contacts.items()} | {"missing": NOBODYS}
    copy = DataExportFactory(user=world.people["administrator"])
    return {
        "contact": {kind: {"public_id": key} for kind, key in ids.items()},
        "copy": {kind: {"public_id": key} for kind, key in (("own", copy.public_id),)}
        | {"missing": {"public_id": NOBODYS}},
        "removal": {"missing": {"token": "falso"}},
        "logo": {"missing": {"key": "f" * 32, "size": 96, "ending": "webp"}},
        "sitemap": {
            "public": {"section": "organizations", "number": 1},
            "missing": {"section": "organizations", "number": 9},
        },
    }

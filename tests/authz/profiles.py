"""Sections of profiles and links of ownership, for the matrix."""

from typing import Any
from uuid import UUID

from common.files import CheckedFile, keep_file
from tests.factories import CertificateFactory
from tests.firms.profile.factories import OwnershipLinkFactory

Kinds = dict[str, dict[str, dict[str, Any]]]


def profiles(world: Any) -> Kinds:
    """Add sections of a profile and links of ownership, each under its organization."""
    kinds = world.objects["organization"]
    own, foreign = (OwnershipLinkFactory(owned=each) for each in (world.own, world.foreign))
    links = {"own": own, "public": foreign, "private": foreign, "crossed": foreign}
    places = {"crossed": kinds["own"], **kinds}
    return {
        "certificate": _certificates(world),
        "section": {kind: {**kwargs, "slug": "identity"} for kind, kwargs in kinds.items()},
        "fact": {kind: {**kwargs, "fact": "headcount"} for kind, kwargs in kinds.items()},
        "ownership_link": {
            kind: {**places[kind], "link_id": link.public_id} for kind, link in links.items()
        }
        | {"missing": {**kinds["own"], "link_id": UUID(int=0)}},
    }


def _certificates(world: Any) -> dict[str, dict[str, Any]]:
    """Certificates with a file; crossed names that of another organization."""
    kinds = world.objects["organization"]
    names = {}
    for kind, organization in (("own", world.own), ("public", world.foreign)):
        key = keep_file(CheckedFile(b"%PDF-1.7", "pdf"), folder="certificates")
        row = CertificateFactory(organization=organization, evidence=key)
        names[kind] = row.evidence_name
    rows = {kind: {**kinds[kind], "name": name} for kind, name in names.items()}
    return rows | {
        "crossed": {**kinds["own"], "name": names["public"]},
        "missing": {**kinds["own"], "name": "no-existe"},
    }

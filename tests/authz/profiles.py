"""Sections of profiles and links of ownership, for the matrix."""

from typing import Any
from uuid import UUID

from tests.firms.profile.factories import OwnershipLinkFactory

Kinds = dict[str, dict[str, dict[str, Any]]]


def profiles(world: Any) -> Kinds:
    """Add sections of a profile and links of ownership, each under its organization."""
    kinds = world.objects["organization"]
    own, foreign = (OwnershipLinkFactory(owned=each) for each in (world.own, world.foreign))
    links = {"own": own, "public": foreign, "private": foreign, "crossed": foreign}
    places = {"crossed": kinds["own"], **kinds}
    return {
        "section": {kind: {**kwargs, "slug": "identity"} for kind, kwargs in kinds.items()},
        "ownership_link": {
            kind: {**places[kind], "link_id": link.public_id} for kind, link in links.items()
        }
        | {"missing": {**kinds["own"], "link_id": UUID(int=0)}},
    }

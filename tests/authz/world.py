"""The people and things that the matrix asks about."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import TokenScope
from accounts.services.tokens import create_token
from firms.models import (
    Visibility,
)
from matching.services.statistics import current_rules
from tests.authz.cast import Kinds, World, people_of
from tests.authz.claims import cases, claims
from tests.authz.desks import parked_work, programs
from tests.authz.persons import (
    colleagues,
    consents,
    kept,
    keys,
    keys_of_mails,
    registrations,
    tokens,
)
from tests.authz.privacy import personal_data
from tests.authz.profiles import profiles
from tests.authz.things import (
    affiliations,
    clusters,
    listing_files,
    listings,
    moves,
    organizations,
    pairs,
    reference_data,
    spreadsheets,
    successions,
    talks,
    tiles,
    twins,
)
from tests.factories import (
    OrganizationFactory,
)


def build_world() -> World:
    """Make everyone and everything that the matrix names."""
    own = OrganizationFactory(legal_name="Propia S.A.", visibility=Visibility.PRIVATE)
    foreign = OrganizationFactory(legal_name="Ajena S.A.")
    world = World(own=own, foreign=foreign, people=people_of(own))
    _token, world.token_text = create_token(
        by=world.people["administrator"],
        name="Prueba",
        scope=TokenScope.WRITE,
        days=30,
        now=timezone.now(),
    )
    Client(headers={"authorization": f"Bearer {world.token_text}"}).get("/api/v1/")  # first use
    current_rules()  # as after the first match
    for build in BUILDERS:
        world.objects |= build(world)
    return world


BUILDERS: list[Callable[[World], dict[str, Kinds]]] = [
    organizations,
    profiles,
    personal_data,
    listings,
    clusters,
    moves,
    listing_files,
    pairs,
    colleagues,
    consents,
    affiliations,
    claims,
    spreadsheets,
    cases,
    programs,
    registrations,
    reference_data,
    tokens,
    keys_of_mails,
    kept,
    keys,
    parked_work,
    successions,
    talks,
    twins,
    tiles,
]

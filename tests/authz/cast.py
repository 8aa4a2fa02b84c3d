"""Who asks, and for the things of whom."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from firms.models import (
    Organization,
    Role,
)
from tests.factories import (
    MembershipFactory,
    UserFactory,
)

ACTORS = (
    "anonymous",
    "outsider",  # administrator of an organization that owns nothing asked for
    "reader",
    "editor",
    "administrator",
    "manager",  # edits for the organization that manages the cluster
    "officer",  # edits for the agency that runs the program
    "staff",
    "token",  # a program of the administrator, with a token that writes
    "deactivated",  # an administrator whose account was closed, with the session of before
)
MISSING = UUID("019abf3e-7c00-7d1c-9a60-2f1f6b9f0b6a")
PASSWORD = "una frase larga de prueba"
Kinds = dict[str, dict[str, Any]]


@dataclass
class World:
    """One organization of one's own, another one with public and confidential things."""

    own: Organization
    foreign: Organization
    people: dict[str, User]
    token_text: str = ""
    objects: dict[str, Kinds] = field(default_factory=dict)

    def client(self, actor: str, *, csrf: bool = False) -> Client:
        """Return a browser (or a program) in which the actor is signed in."""
        client = Client(enforce_csrf_checks=csrf, HTTP_ACCEPT_LANGUAGE="es")
        if actor == "token":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.token_text}"
        elif actor == "deactivated":
            self._sign_in_then_close(client)
        elif actor != "anonymous":
            client.force_login(self.people[actor])
        return client

    def _sign_in_then_close(self, client: Client) -> None:
        user = self.people["deactivated"]
        user.is_active = True
        user.save(update_fields=["is_active"])
        client.force_login(user)
        user.is_active = False
        user.save(update_fields=["is_active"])


def people_of(own: Organization) -> dict[str, User]:
    people = {name: UserFactory(email=f"{name}@ejemplo.org") for name in ACTORS if name != "token"}
    for person in people.values():
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    people["token"] = people["administrator"]
    people["staff"].is_staff = True
    people["staff"].save()
    roles = {"reader": Role.READER, "editor": Role.EDITOR}
    for name in ("reader", "editor", "administrator", "deactivated"):
        role = roles.get(name, Role.ADMINISTRATOR)
        MembershipFactory(user=people[name], organization=own, role=role)
    MembershipFactory(user=people["outsider"])
    return people


def by_id(own: Any, public: Any, private: Any) -> Kinds:
    """Name three rows and one that does not exist, by their public identifiers."""
    rows = {"own": own.public_id, "public": public.public_id, "private": private.public_id}
    return {kind: {"public_id": key} for kind, key in {**rows, "missing": MISSING}.items()}


def within(world: World, name: str, own: UUID, foreign: UUID) -> Kinds:
    return {
        "own": {"public_id": world.own.public_id, name: own},
        "private": {"public_id": world.foreign.public_id, name: foreign},
        "crossed": {"public_id": world.own.public_id, name: foreign},
        "missing": {"public_id": world.own.public_id, name: MISSING},
    }

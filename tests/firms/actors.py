"""The four actors of every page test: who owns it, a colleague, an outsider, and nobody."""

from dataclasses import dataclass

from django.test import Client

from accounts.models import User
from firms.models import Organization, Role
from tests.factories import MembershipFactory, OrganizationFactory, SiteFactory


@dataclass
class Cast:
    """One organization with an administrator and a reader, and a stranger to it."""

    organization: Organization
    owner: User
    colleague: User
    outsider: User

    def browser(self, name: str) -> Client:
        """Return a browser in which an actor is signed in; "anonymous" is nobody."""
        client = Client()
        if name != "anonymous":
            client.force_login(getattr(self, name))
        return client


ACTORS = ("owner", "colleague", "outsider", "anonymous")


def make_cast(**organization: object) -> Cast:
    """Build them."""
    own = OrganizationFactory(**organization)
    SiteFactory(organization=own)
    return Cast(
        organization=own,
        owner=MembershipFactory(organization=own, role=Role.ADMINISTRATOR).user,
        colleague=MembershipFactory(organization=own, role=Role.READER).user,
        outsider=MembershipFactory(role=Role.ADMINISTRATOR).user,
    )

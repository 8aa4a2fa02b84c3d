"""People and what is theirs."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import MailKind, User
from accounts.services.notices import token_of
from firms.models import (
    Export,
    Invitation,
    Membership,
    Role,
    SavedSearch,
)
from matching.models import NeedSketch
from tests.authz.cast import MISSING, Kinds, World, within
from tests.factories import (
    ApiTokenFactory,
    CityFactory,
    ClassificationFactory,
    DelegationFactory,
    MembershipFactory,
    NumberReviewFactory,
    RegistrationDraftFactory,
    UserFactory,
)


def colleagues(world: World) -> dict[str, Kinds]:
    """People and invitations of organizations; crossed is a parent with the child of another."""
    theirs = MembershipFactory(organization=world.foreign)
    people = {"person_id": (world.people["reader"].public_id, theirs.user.public_id)}
    invited = {
        organization: Invitation.objects.create(
            organization=organization,
            email="invitada@ejemplo.org",
            role=Role.READER,
            invited_by=inviter,
            token_hash=str(organization.pk),
            expires_at=timezone.now() + dt.timedelta(days=7),
        ).public_id
        for organization, inviter in (
            (world.own, world.people["administrator"]),
            (world.foreign, theirs.user),
        )
    }
    children = people | {"invitation_id": (invited[world.own], invited[world.foreign])}
    return {name: within(world, name, *keys) for name, keys in children.items()} | {
        "invitation-token": {"missing": {"token": "no-existe"}}
    }


def consents(world: World) -> dict[str, Kinds]:
    """Own lets the manager act for the own organization; private is of others."""
    manager = Membership.objects.get(user=world.people["manager"]).organization
    own = DelegationFactory(organization=world.own, delegate=manager)
    private = DelegationFactory(organization=world.foreign)
    ids = {"own": own.public_id, "private": private.public_id, "missing": MISSING}
    return {
        "delegation": {kind: {"public_id": key} for kind, key in ids.items()},
        "consent_id": within(world, "consent_id", own.public_id, private.public_id),
    }


def keys(world: World) -> dict[str, Kinds]:
    """A passkey of somebody who is not among the actors."""
    key = Authenticator.objects.create(
        user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "Llave"}
    )
    return {"mfa-key": {"private": {"pk": key.pk}, "missing": {"pk": 0}}}


def registrations(world: World) -> dict[str, Kinds]:
    """Own is ready to be finished, done was; private is somebody else's."""
    sent = {
        "identity": {"country": ["CL"], "tax_number": ["76.086.428-5"], "legal_name": ["Nueva"]},
        "kind": {"kind": ["firm"]},
        "activity": {
            "one_line": ["Vinos"],
            "activities": [f"isic4:{ClassificationFactory().code}"],
        },
        "place": {"city": [str(CityFactory().geonames_id)]},
        "profile": {"size_class": ["small"]},
    }
    owner = world.people["administrator"]
    rows = {
        "own": RegistrationDraftFactory(owner=owner, answers=sent),
        "private": RegistrationDraftFactory(answers=sent),
        "done": RegistrationDraftFactory(
            owner=owner, organization=world.own, finished_at=timezone.now()
        ),
    }
    keys = {kind: row.public_id for kind, row in rows.items()} | {"missing": MISSING}
    review = NumberReviewFactory().public_id
    return {
        "registration": {kind: {"public_id": key} for kind, key in keys.items()},
        "registration-step": {
            kind: {"public_id": key, "step": "kind"} for kind, key in keys.items()
        },
        "need-sketch": sketches(owner),
        "number-review": {"public": {"public_id": review}, "missing": {"public_id": MISSING}},
    }


def sketches(owner: User) -> Kinds:
    """Own was begun by the administrator, private by somebody else, held by a browser alone."""
    said = {"sentence": {"q": ["Etiquetas"], "flow": ["pay"]}}
    rows = {
        "own": NeedSketch.objects.create(owner=owner, answers=said),
        "private": NeedSketch.objects.create(owner=UserFactory(), answers=said),
        "held": NeedSketch.objects.create(answers=said),
    }
    found = {kind: {"public_id": row.public_id, "step": "what"} for kind, row in rows.items()}
    return found | {"missing": {"public_id": MISSING, "step": "what"}}


def tokens(world: World) -> dict[str, Kinds]:
    own = ApiTokenFactory(user=world.people["administrator"])
    private = ApiTokenFactory(user=world.people["outsider"])
    rows = {"own": own.public_id, "private": private.public_id, "missing": MISSING}
    return {"token": {kind: {"public_id": key} for kind, key in rows.items()}}


def kept(world: World) -> dict[str, Kinds]:
    """Searches and files: own are the administrator's, private are somebody else's."""
    later = timezone.now() + dt.timedelta(days=1)
    owners = {"own": world.people["administrator"], "private": UserFactory()}
    searches = {
        kind: SavedSearch.objects.create(
            user=owner, name="Mía", listed="needs", told_until=later, feed_token=f"feed-{kind}"
        )
        for kind, owner in owners.items()
    }
    files = {
        kind: Export.objects.create(
            user=owner, listed="needs", format="csv", expires_at=later
        ).public_id
        for kind, owner in owners.items()
    }
    keys = {kind: row.public_id for kind, row in searches.items()}
    return {
        "search": {k: {"public_id": v} for k, v in {**keys, "missing": MISSING}.items()},
        "export": {k: {"public_id": v} for k, v in {**files, "missing": MISSING}.items()},
        "feed-token": {"public": {"token": "feed-private"}, "missing": {"token": "x"}},
    }


def keys_of_mails(world: World) -> dict[str, Kinds]:
    """Addresses that mails carry: what matters here is that a wrong key opens nothing."""
    return {
        "mail-key": {"missing": {"key": "no-existe"}},
        "unsubscribe-token": {
            "own": {"token": token_of(world.people["administrator"], [MailKind.MATCHES])},
            "missing": {"token": "no-existe"},
        },
        "reset-key": {"missing": {"uidb36": "1", "key": "no-existe"}},
        "session-reference": {"missing": {"reference": "no-existe"}},
        "api-path": {"missing": {}},
    }

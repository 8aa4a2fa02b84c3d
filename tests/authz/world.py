"""The people and things that the matrix asks about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.models import TokenScope, User
from accounts.services.tokens import create_token
from clusters.models import Cluster
from common.models import Effect, Job
from firms.models import (
    AffiliationRole,
    Invitation,
    Membership,
    Organization,
    OrganizationKind,
    Role,
    Visibility,
)
from firms.models.listings import ListingStatus
from matching.services.statistics import current_rules
from programs.models import CallStatus, EligibilityCriterion, ProgramStatus
from tests.authz.claims import cases, claims
from tests.authz.privacy import personal_data
from tests.authz.profiles import profiles
from tests.factories import (
    AffiliationFactory,
    ApiTokenFactory,
    CallFactory,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    ClusterFactory,
    DelegationFactory,
    DuplicatePairFactory,
    LifecycleMoveFactory,
    MembershipFactory,
    NeedFactory,
    NumberReviewFactory,
    OfferFactory,
    OrganizationFactory,
    OrganizationMergeFactory,
    ProgramFactory,
    RegistrationDraftFactory,
    SiteFactory,
    SpreadsheetFactory,
    SpreadsheetRowFactory,
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


def build_world() -> World:
    """Make everyone and everything that the matrix names."""
    own = OrganizationFactory(legal_name="Propia S.A.", visibility=Visibility.PRIVATE)
    foreign = OrganizationFactory(legal_name="Ajena S.A.")
    world = World(own=own, foreign=foreign, people=_people(own))
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


def _people(own: Organization) -> dict[str, User]:
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


def _by_id(own: Any, public: Any, private: Any) -> Kinds:
    """Name three rows and one that does not exist, by their public identifiers."""
    rows = {"own": own.public_id, "public": public.public_id, "private": private.public_id}
    return {kind: {"public_id": key} for kind, key in {**rows, "missing": MISSING}.items()}


def organizations(world: World) -> dict[str, Kinds]:
    private = OrganizationFactory(legal_name="Reservada S.A.", visibility=Visibility.PRIVATE)
    for organization in (world.own, world.foreign, private):
        SiteFactory(organization=organization)
    return {"organization": _by_id(world.own, world.foreign, private)}


def listings(world: World) -> dict[str, Kinds]:
    found = {}
    today = timezone.now().date()
    dates = {"valid_from": today, "valid_until": today + dt.timedelta(days=90)}
    for name, factory in (("need", NeedFactory), ("offer", OfferFactory)):
        own = factory(organization=world.own, visibility=Visibility.PRIVATE, **dates)
        public = factory(organization=world.foreign, **dates)
        private = factory(organization=world.foreign, visibility=Visibility.PRIVATE, **dates)
        draft = factory(organization=world.foreign, status=ListingStatus.DRAFT, **dates)
        found[name] = _by_id(own, public, private) | {"draft": {"public_id": draft.public_id}}
    return found


def clusters(world: World) -> dict[str, Kinds]:
    managed = AffiliationFactory(
        organization=OrganizationFactory(kind=OrganizationKind.CLUSTER_ORGANIZATION),
        role=AffiliationRole.MANAGER,
    )
    MembershipFactory(
        user=world.people["manager"], organization=managed.organization, role=Role.EDITOR
    )
    slugs = {"own": managed.cluster.slug, "public": ClusterFactory().slug, "missing": "no-existe"}
    return {"cluster": {kind: {"slug": slug} for kind, slug in slugs.items()}}


def programs(world: World) -> dict[str, Kinds]:
    """Own is a draft of the officer's agency; draft is one of another agency."""
    agency = OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY)
    MembershipFactory(user=world.people["officer"], organization=agency, role=Role.EDITOR)
    other = OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY)
    rows = {
        "own": ProgramFactory(agency=agency, status=ProgramStatus.DRAFT),
        "public": ProgramFactory(agency=other),
        "draft": ProgramFactory(agency=other, status=ProgramStatus.DRAFT),
    }
    calls = {
        "own": CallFactory(program=rows["own"], status=CallStatus.DRAFT),
        "public": CallFactory(program=rows["public"]),
        "draft": CallFactory(program=rows["public"], status=CallStatus.DRAFT),
    }
    criteria = {
        "program-criterion": {
            kind: {"slug": row.slug, "key": _criterion(program=row)} for kind, row in rows.items()
        },
        "call-criterion": {
            kind: {"public_id": row.public_id, "key": _criterion(call=row)}
            for kind, row in calls.items()
        },
    }
    for kinds in criteria.values():
        kinds["crossed"] = kinds["own"] | {"key": kinds["draft"]["key"]}
        kinds["missing"] = kinds["own"] | {"key": 0}
    slugs = {kind: row.slug for kind, row in rows.items()} | {"missing": "no-existe"}
    keys = {kind: row.public_id for kind, row in calls.items()} | {"missing": MISSING}
    return {
        "program": {kind: {"slug": slug} for kind, slug in slugs.items()},
        "call": {kind: {"public_id": key} for kind, key in keys.items()},
        "agency": _by_id(agency, other, OrganizationFactory(visibility=Visibility.PRIVATE)),
        **criteria,
    }


def _criterion(**owner: Any) -> int:
    return EligibilityCriterion.objects.create(kind="women_led", **owner).pk


def moves(world: World) -> dict[str, Kinds]:
    """A listing and what its author does with it."""
    return {
        f"{thing}-move": {
            kind: {**kwargs, "move": "hold"} for kind, kwargs in world.objects[thing].items()
        }
        for thing in ("need", "offer")
    }


def pairs(world: World) -> dict[str, Kinds]:
    """A need and an offer that a match joins; crossed hides the offer behind an own need."""
    needs, offers = world.objects["need"], world.objects["offer"]
    sides = {
        "own": ("own", "public"),
        "public": ("public", "public"),
        "private": ("private", "public"),
        "crossed": ("own", "private"),
        "missing": ("missing", "public"),
    }
    return {
        "pair": {
            kind: {"need_id": needs[need]["public_id"], "offer_id": offers[offer]["public_id"]}
            for kind, (need, offer) in sides.items()
        }
    }


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
    return {name: _pairs(world, name, *keys) for name, keys in children.items()} | {
        "invitation-token": {"missing": {"token": "no-existe"}}
    }


def _pairs(world: World, name: str, own: UUID, foreign: UUID) -> Kinds:
    return {
        "own": {"public_id": world.own.public_id, name: own},
        "private": {"public_id": world.foreign.public_id, name: foreign},
        "crossed": {"public_id": world.own.public_id, name: foreign},
        "missing": {"public_id": world.own.public_id, name: MISSING},
    }


def consents(world: World) -> dict[str, Kinds]:
    """Own lets the manager act for the own organization; private is of others."""
    manager = Membership.objects.get(user=world.people["manager"]).organization
    own = DelegationFactory(organization=world.own, delegate=manager)
    private = DelegationFactory(organization=world.foreign)
    ids = {"own": own.public_id, "private": private.public_id, "missing": MISSING}
    return {
        "delegation": {kind: {"public_id": key} for kind, key in ids.items()},
        "consent_id": _pairs(world, "consent_id", own.public_id, private.public_id),
    }


def affiliations(world: World) -> dict[str, Kinds]:
    """Own waits for the own organization; managed waits for the manager's cluster."""
    managed = Cluster.objects.get(slug=world.objects["cluster"]["own"]["slug"])
    own = AffiliationFactory(organization=world.own, member_confirmed_on=None)
    asked = AffiliationFactory(cluster=managed, cluster_confirmed_on=None)
    foreign = AffiliationFactory(cluster_confirmed_on=None)
    rows = {"own": own, "managed": asked, "private": foreign}
    kinds = {kind: {"public_id": row.public_id} for kind, row in rows.items()}
    return {"affiliation": kinds | {"missing": {"public_id": MISSING}}}


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
        "number-review": {"public": {"public_id": review}, "missing": {"public_id": MISSING}},
    }


def reference_data(world: World) -> dict[str, Kinds]:
    entry = ClassificationFactory()
    CityFactory()
    CertificateStandardFactory()
    return {
        "classification": {
            "public": {"scheme": entry.scheme, "code": entry.code},
            "missing": {"scheme": "isic4", "code": "0000"},
        }
    }


def tokens(world: World) -> dict[str, Kinds]:
    own = ApiTokenFactory(user=world.people["administrator"])
    private = ApiTokenFactory(user=world.people["outsider"])
    rows = {"own": own.public_id, "private": private.public_id, "missing": MISSING}
    return {"token": {kind: {"public_id": key} for kind, key in rows.items()}}


def keys_of_mails(world: World) -> dict[str, Kinds]:
    """Addresses that mails carry: what matters here is that a wrong key opens nothing."""
    return {
        "mail-key": {"missing": {"key": "no-existe"}},
        "reset-key": {"missing": {"uidb36": "1", "key": "no-existe"}},
        "session-reference": {"missing": {"reference": "no-existe"}},
        "api-path": {"missing": {}},
    }


def tiles(world: World) -> dict[str, Kinds]:
    """Squares of the world: one that is, and one beyond its edge."""
    return {"tile": {"public": {"z": 5, "x": 9, "y": 19}, "missing": {"z": 5, "x": 99, "y": 0}}}


def parked_work(world: World) -> dict[str, Kinds]:
    now = timezone.now()
    job = Job.objects.create(kind="trace", key=1, queue="fast", started_at=now, dead_at=now)
    mail = Effect.objects.create(kind="mail", dedup="parked", message_id="parked", dead_at=now)
    return {
        "job": {"own": {"job_id": job.pk}, "missing": {"job_id": 0}},
        "mail": {"own": {"effect_id": mail.pk}, "missing": {"effect_id": 0}},
    }


def spreadsheets(world: World) -> dict[str, Kinds]:
    """Own is the administrator's, managed the manager's into the cluster; each has one row."""
    cluster = Cluster.objects.get(slug=world.objects["cluster"]["own"]["slug"])
    manager = cluster.affiliations.get(role=AffiliationRole.MANAGER).organization
    sheets = {
        "own": SpreadsheetFactory(owner=world.own, created_by=world.people["administrator"]),
        "managed": SpreadsheetFactory(
            owner=manager, cluster=cluster, created_by=world.people["manager"]
        ),
        "private": SpreadsheetFactory(owner=world.foreign),
    }
    for sheet in sheets.values():
        SpreadsheetRowFactory(spreadsheet=sheet, number=2)
    ids = {kind: sheet.public_id for kind, sheet in sheets.items()} | {"missing": MISSING}
    kinds = {kind: {"public_id": key} for kind, key in ids.items()}
    return {
        "spreadsheet": kinds,
        "spreadsheet-row": {kind: {**key, "number": 2} for kind, key in kinds.items()},
        "spreadsheet-move": {kind: {**key, "move": "cancel"} for kind, key in kinds.items()},
        "template": {"public": {"kind": "csv"}, "missing": {"kind": "exe"}},
    }


def successions(world: World) -> dict[str, Kinds]:
    """A closed one that names the own organization as the one that continues; a false link."""
    closing = {"kind": "closed", "reason": "succeeded"}
    own = LifecycleMoveFactory(successor=world.own, **closing)
    foreign = LifecycleMoveFactory(successor=world.foreign, **closing)
    ids = {"own": own.public_id, "private": foreign.public_id, "missing": MISSING}
    kinds = {kind: {"public_id": key, "answer": "accept"} for kind, key in ids.items()}
    return {"succession": kinds, "reconfirmation": {"missing": {"token": "falso"}}}


def twins(world: World) -> dict[str, Kinds]:
    """Pairs and unions: own ones are of the own organization, private ones of others."""
    own = sorted((world.own, OrganizationFactory()), key=lambda row: row.pk)
    pair = DuplicatePairFactory(first=own[0], second=own[1])
    merge = OrganizationMergeFactory(kept=world.own, merged_at=timezone.now())
    rows = {
        "duplicate": (pair, DuplicatePairFactory()),
        "merge": (merge, OrganizationMergeFactory()),
    }
    return {
        name: {
            "own": {"public_id": of_own.public_id},
            "private": {"public_id": of_others.public_id},
            "missing": {"public_id": MISSING},
        }
        for name, (of_own, of_others) in rows.items()
    }


BUILDERS: list[Callable[[World], dict[str, Kinds]]] = [
    organizations,
    profiles,
    personal_data,
    listings,
    clusters,
    moves,
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
    keys,
    parked_work,
    successions,
    twins,
    tiles,
]

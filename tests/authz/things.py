"""Organizations and what they publish, import and become."""

import datetime as dt

from django.utils import timezone

from clusters.models import Cluster
from common.files import CheckedFile, keep_file
from firms.models import (
    AffiliationRole,
    Need,
    Offer,
    OrganizationKind,
    Role,
    Visibility,
)
from firms.models.listing_choices import ListingStatus
from matching.models import IntroductionMessage
from tests.authz.cast import MISSING, Kinds, World, by_id
from tests.factories import (
    AffiliationFactory,
    CertificateStandardFactory,
    CityFactory,
    ClassificationFactory,
    ClusterFactory,
    DuplicatePairFactory,
    IntroductionFactory,
    LifecycleMoveFactory,
    MembershipFactory,
    NeedFactory,
    NeedFileFactory,
    OfferFactory,
    OfferFileFactory,
    OrganizationFactory,
    OrganizationMergeFactory,
    SiteFactory,
    SpreadsheetFactory,
    SpreadsheetRowFactory,
)


def organizations(world: World) -> dict[str, Kinds]:
    private = OrganizationFactory(legal_name="Reservada S.A.", visibility=Visibility.PRIVATE)
    for organization in (world.own, world.foreign, private):
        SiteFactory(organization=organization)
    return {"organization": by_id(world.own, world.foreign, private)}


def listings(world: World) -> dict[str, Kinds]:
    found = {}
    today = timezone.now().date()
    dates = {"valid_from": today, "valid_until": today + dt.timedelta(days=90)}
    for name, factory in (("need", NeedFactory), ("offer", OfferFactory)):
        own = factory(organization=world.own, visibility=Visibility.PRIVATE, **dates)
        public = factory(organization=world.foreign, **dates)
        private = factory(organization=world.foreign, visibility=Visibility.PRIVATE, **dates)
        draft = factory(organization=world.foreign, status=ListingStatus.DRAFT, **dates)
        found[name] = by_id(own, public, private) | {"draft": {"public_id": draft.public_id}}
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


def moves(world: World) -> dict[str, Kinds]:
    """A listing and what its author does with it."""
    return {
        f"{thing}-move": {
            kind: {**kwargs, "move": "hold"} for kind, kwargs in world.objects[thing].items()
        }
        for thing in ("need", "offer")
    }


def listing_files(world: World) -> dict[str, Kinds]:
    """A kept file of each listing, and a false link of a letter."""
    found: dict[str, Kinds] = {"renewal": {"missing": {"token": "falso"}}}
    for name, model, factory in (
        ("need", Need, NeedFileFactory),
        ("offer", Offer, OfferFileFactory),
    ):
        kinds: Kinds = {}
        for kind, keys in world.objects[name].items():
            row = model._default_manager.filter(public_id=keys["public_id"]).first()
            key = keep_file(CheckedFile(b"%PDF-1.4", "pdf"), folder="listings")
            file = factory(**{name: row}, key=key) if row else None
            kinds[kind] = {**keys, "file_id": file.public_id if file else MISSING}
        found[f"{name}-file"] = kinds
    return found


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


def affiliations(world: World) -> dict[str, Kinds]:
    """Own waits for the own organization; managed waits for the manager's cluster."""
    managed = Cluster.objects.get(slug=world.objects["cluster"]["own"]["slug"])
    own = AffiliationFactory(organization=world.own, member_confirmed_on=None)
    asked = AffiliationFactory(cluster=managed, cluster_confirmed_on=None)
    foreign = AffiliationFactory(cluster_confirmed_on=None)
    rows = {"own": own, "managed": asked, "private": foreign}
    kinds = {kind: {"public_id": row.public_id} for kind, row in rows.items()}
    return {"affiliation": kinds | {"missing": {"public_id": MISSING}}}


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


def tiles(world: World) -> dict[str, Kinds]:
    """Squares of the world: one that is, and one beyond its edge."""
    return {"tile": {"public": {"z": 5, "x": 9, "y": 19}, "missing": {"z": 5, "x": 99, "y": 0}}}


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


def talks(world: World) -> dict[str, Kinds]:
    """Own is what the own organization asked; private is between two others. Each has a file."""
    offer = Offer.objects.get(public_id=world.objects["offer"]["public"]["public_id"])
    asker = world.people["administrator"]
    own = IntroductionFactory(offer=offer, from_organization=world.own, asked_by=asker)
    rows = {"own": own, "private": IntroductionFactory()}
    files = {}
    for kind, row in rows.items():
        key = keep_file(CheckedFile(b"%PDF-1.4", "pdf"), folder="introductions")
        IntroductionMessage.objects.create(
            introduction=row,
            author=row.asked_by,
            side="author",
            file_key=key,
            file_name="plano.pdf",
            written_at=timezone.now(),
        )
        name = key.rpartition("/")[2].partition(".")[0]
        files[kind] = {"public_id": row.public_id, "name": name}
    kinds = {kind: {"public_id": row.public_id} for kind, row in rows.items()}
    crossed = {"public_id": own.public_id, "name": files["private"]["name"]}
    return {
        "introduction": kinds | {"missing": {"public_id": MISSING}},
        "introduction-file": files
        | {"crossed": crossed, "missing": {"public_id": MISSING, "name": crossed["name"]}},
        "introduction-answer": {"missing": {"token": "falso"}},
    }

"""Two records of one organization, with something in every table that names an organization."""

from dataclasses import dataclass

from django.db import connection

from accounts.models import User
from firms.models import (
    AffiliationRole,
    AnnualFigures,
    Capability,
    DuplicatePair,
    Headcount,
    Organization,
    OwnershipLink,
    Role,
    SocialLink,
)
from matching.models import MatchAnswer, MatchResponse
from tests.factories import (
    TODAY,
    ActivityFactory,
    AffiliationFactory,
    CertificateFactory,
    CityFactory,
    ClassificationFactory,
    ClusterFactory,
    DeclarationFactory,
    IdentifierFactory,
    LifecycleMoveFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    ProgramFactory,
    SiteFactory,
    UserFactory,
    VerdictFactory,
)


@dataclass
class Twins:
    """The record that stays and the one that goes, with who administers either, and staff."""

    kept: Organization
    removed: Organization
    pair: DuplicatePair
    staff: User
    ours: User
    theirs: User


def make_twins() -> Twins:
    """Build them."""
    kept = OrganizationFactory(legal_name="Viña Santa Cruz S.A.", website="", one_line="Vinos")
    removed = OrganizationFactory(
        legal_name="Vina Santa Cruz Ltda.",
        website="https://santacruz.cl",
        one_line="Vinos del valle",
        source="retc",
        source_ref="77",
        last_confirmed_on=TODAY,
    )
    ours = MembershipFactory(organization=kept).user
    theirs = MembershipFactory(organization=removed).user
    _both(kept, removed)
    _only_theirs(removed)
    pair = DuplicatePair.objects.create(first=kept, second=removed, score=0.95, facts="a" * 64)
    staff = UserFactory(is_staff=True)
    return Twins(kept, removed, pair, staff, ours, theirs)


def _both(kept: Organization, removed: Organization) -> None:
    """Say the same of both in every collection, and something more of each."""
    city, cluster = CityFactory(), ClusterFactory()
    shared = UserFactory()
    wine, grape = ClassificationFactory(code="1102"), ClassificationFactory(code="0121")
    offer, need = OfferFactory(), NeedFactory()
    for each, role in ((kept, Role.READER), (removed, Role.ADMINISTRATOR)):
        SiteFactory(organization=each, city=city)
        ActivityFactory(organization=each, classification=wine, is_main=True)
        IdentifierFactory(organization=each, is_primary=True)
        CertificateFactory(organization=each)
        DeclarationFactory(organization=each)
        MembershipFactory(user=shared, organization=each, role=role)
        Capability.objects.create(organization=each, name="Embotellado")
        Headcount.objects.create(organization=each, as_of=TODAY, total=5)
        SocialLink.objects.create(organization=each, network="x", url="https://x.com/v")
        VerdictFactory(organization=each)
        MatchResponse.objects.create(
            need=need, offer=offer, person=shared, organization=each, answer=MatchAnswer.SAVED
        )
    ActivityFactory(organization=removed, classification=grape)
    AffiliationFactory(organization=kept, cluster=cluster, cluster_confirmed_on=None)
    AffiliationFactory(organization=removed, cluster=cluster, role=AffiliationRole.SUPPORTER)


def _only_theirs(removed: Organization) -> None:
    OfferFactory(organization=removed)
    NeedFactory(organization=removed, budget_max="1234567.89", currency="CLP")
    AffiliationFactory(organization=removed, ended_on=TODAY)
    SiteFactory(organization=removed, city=CityFactory(), is_main=False)
    ProgramFactory(agency=removed, agency_name="")
    AnnualFigures.objects.create(organization=removed, fiscal_year=2025)
    OwnershipLink.objects.create(
        owner=removed, owned=OrganizationFactory(), percentage="33.33", owned_confirmed_on=TODAY
    )
    LifecycleMoveFactory(organization=removed)
    third = OrganizationFactory()
    DuplicatePair.objects.create(first=removed, second=third, score=0.6, facts="b" * 64)


LEFT_OUT = (
    "common_",  # jobs and mails: asked for by the union and by its undoing
    "django_", "auth_", "account_", "accounts_session", "spatial_", "mfa_",  # not of the product
    "firms_directorychange",  # appended to at every change of an entry, then counted
    "firms_organizationmerge",  # remembers that it was made and undone
)  # fmt: skip


def dump() -> dict[str, str]:
    """Return every row of every table of the product as text, as the database writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            if table.startswith(LEFT_OUT):
                continue
            cursor.execute(
                f"SELECT coalesce(string_agg(r, E'\n' ORDER BY r), '') FROM"  # noqa: S608
                f" (SELECT to_jsonb(t)::text AS r FROM {table} t) AS rows"
            )
            found[table] = cursor.fetchone()[0]
    return found

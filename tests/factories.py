"""One factory per model; every factory gives a valid row with no argument."""

import datetime as dt
import uuid

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from accounts.models import (
    AccountClosing,
    ApiToken,
    Consent,
    DataExport,
    EmailChange,
    LawfulBasis,
    Purpose,
    User,
)
from clusters.models import (
    AdminUnit,
    CertificateFamily,
    CertificateStandard,
    City,
    Classification,
    Cluster,
    Scheme,
    StageKind,
    ValueChainStage,
)
from firms.models import (
    Affiliation,
    Certificate,
    Contact,
    ContactView,
    Delegation,
    DuplicatePair,
    Identifier,
    LifecycleKind,
    LifecycleMove,
    Membership,
    Need,
    NumberReview,
    Offer,
    OfferKind,
    Organization,
    OrganizationActivity,
    OrganizationKind,
    OrganizationMerge,
    RegistrationDraft,
    Role,
    Site,
    Spreadsheet,
    SpreadsheetRow,
)
from firms.models.listings import ListingStatus
from programs.models import (
    Call,
    CallStatus,
    CriterionKind,
    Declaration,
    EligibilityCriterion,
    Program,
    ProgramStatus,
    Standing,
    Verdict,
)

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SANTA_CRUZ = (-71.366, -34.639)


def point(longitude: float, latitude: float) -> Point:
    """Return a WGS 84 point."""
    return Point(longitude, latitude, srid=4326)


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """Return a rectangle as a WGS 84 multipolygon."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@ejemplo.org")
    name = factory.Sequence(lambda n: f"Persona {n}")


class EmailChangeFactory(factory.django.DjangoModelFactory):
    """A change that waits for the new address."""

    class Meta:
        model = EmailChange

    user = factory.SubFactory(UserFactory)
    old_email = factory.SelfAttribute("user.email")
    new_email = factory.Sequence(lambda n: f"nueva{n}@ejemplo.org")
    confirm_hash = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = NOW + dt.timedelta(days=1)


class ApiTokenFactory(factory.django.DjangoModelFactory):
    """Good until 2100, without a secret that anyone knows."""

    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    name = "Planilla de compras"
    prefix = factory.Sequence(lambda n: f"{n:08d}")
    secret_hash = "0" * 64
    expires_at = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


class CountryFactory(factory.django.DjangoModelFactory):
    """Chile unless told otherwise; the same country is made once."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "CL"
    country_code = factory.SelfAttribute("code")
    level = 0
    label_es = factory.SelfAttribute("code")
    center = factory.LazyFunction(lambda: point(-70.65, -33.45))


class RegionFactory(factory.django.DjangoModelFactory):
    """O'Higgins in Chile unless told otherwise; the same region is made once."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "CL-LI"
    country_code = factory.LazyAttribute(lambda unit: unit.code[:2])
    level = 1
    parent = factory.SubFactory(CountryFactory, code=factory.SelfAttribute("..country_code"))
    label_es = factory.SelfAttribute("code")
    center = factory.LazyFunction(lambda: point(-71.07, -34.52))


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City

    geonames_id = factory.Sequence(lambda n: 1_000_000 + n)
    name = factory.Sequence(lambda n: f"Ciudad {n}")
    search_name = factory.LazyAttribute(lambda city: city.name.lower())
    admin_unit = factory.SubFactory(RegionFactory)
    country = factory.SelfAttribute("admin_unit.parent")
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    population = 30_000
    timezone = "America/Santiago"


class ClassificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Classification
        django_get_or_create = ("scheme", "code")

    scheme = Scheme.ISIC4
    code = "1102"
    level = 4
    path = factory.LazyAttribute(lambda c: f"{c.code[:2]}/{c.code[:3]}/{c.code}")
    label_es = factory.LazyAttribute(lambda c: f"Clase {c.code}")


class CertificateStandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificateStandard
        django_get_or_create = ("code",)

    code = "iso-9001"
    family = CertificateFamily.QUALITY
    label_es = factory.SelfAttribute("code")


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"cluster-{n}")
    label_es = factory.Sequence(lambda n: f"Clúster {n}")
    country = factory.SubFactory(CountryFactory)
    territory = factory.LazyFunction(lambda: box(-71.8, -34.9, -70.9, -34.3))


class ValueChainStageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValueChainStage

    cluster = factory.SubFactory(ClusterFactory)
    code = factory.Sequence(lambda n: f"etapa-{n}")
    label_es = factory.Sequence(lambda n: f"Etapa {n}")
    kind = StageKind.TRANSFORMATION
    position = factory.Sequence(lambda n: n % 1000)


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization
        skip_postgeneration_save = True

    kind = OrganizationKind.FIRM
    legal_name = factory.Sequence(lambda n: f"Viña {n} S.A.")
    country = factory.SubFactory(CountryFactory)


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    organization = factory.SubFactory(OrganizationFactory)
    is_main = True
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    admin_unit = factory.SubFactory(RegionFactory)


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganizationActivity

    organization = factory.SubFactory(OrganizationFactory)
    classification = factory.SubFactory(ClassificationFactory)


class IdentifierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Identifier

    organization = factory.SubFactory(OrganizationFactory)
    scheme = "CL-RUT"
    value = factory.Sequence(lambda n: f"{76_000_000 + n}")
    normalized = factory.SelfAttribute("value")


class RegistrationDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegistrationDraft

    owner = factory.SubFactory(UserFactory)
    title = "Viña Ejemplo SpA"


class NumberReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NumberReview

    organization = factory.SubFactory(OrganizationFactory)
    asked_by = factory.SubFactory(UserFactory)
    scheme = "CL-RUT"
    value = "76.086.428-5"
    normalized = "760864285"


class CertificateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Certificate

    organization = factory.SubFactory(OrganizationFactory)
    standard = factory.SubFactory(CertificateStandardFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.ADMINISTRATOR


class DelegationFactory(factory.django.DjangoModelFactory):
    """A consent that stands."""

    class Meta:
        model = Delegation

    organization = factory.SubFactory(OrganizationFactory)
    delegate = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.CLUSTER_ORGANIZATION)
    given_by = factory.SubFactory(UserFactory)
    given_at = NOW


class AffiliationFactory(factory.django.DjangoModelFactory):
    """Confirmed by both sides."""

    class Meta:
        model = Affiliation

    organization = factory.SubFactory(OrganizationFactory)
    cluster = factory.SubFactory(ClusterFactory)
    cluster_confirmed_on = TODAY
    member_confirmed_on = TODAY


class _ListingFactory(factory.django.DjangoModelFactory):
    """Published, open on TODAY, national reach, in Santa Cruz."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    organization = factory.SubFactory(OrganizationFactory)
    admin_unit = factory.SubFactory(RegionFactory)
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    place_name = "Santa Cruz"
    status = ListingStatus.PUBLISHED
    published_at = NOW
    valid_from = TODAY - dt.timedelta(days=1)
    valid_until = TODAY + dt.timedelta(days=90)


class OfferFactory(_ListingFactory):
    class Meta:
        model = Offer

    reference = factory.Sequence(lambda n: f"O-CL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Etiquetas autoadhesivas {n}")
    kind = OfferKind.PRODUCT


class NeedFactory(_ListingFactory):
    class Meta:
        model = Need

    reference = factory.Sequence(lambda n: f"N-CL-20261124-{n}")
    title = factory.Sequence(lambda n: f"Necesito etiquetas para botellas {n}")


class ProgramFactory(factory.django.DjangoModelFactory):
    """Published, of an agency that is not registered."""

    class Meta:
        model = Program
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"programa-{n}")
    label_es = factory.Sequence(lambda n: f"Programa {n}")
    agency_name = "Agencia de Fomento"
    status = ProgramStatus.PUBLISHED


class CallFactory(factory.django.DjangoModelFactory):
    """Open on NOW; closes at the end of 6 December in Santiago."""

    class Meta:
        model = Call

    program = factory.SubFactory(ProgramFactory)
    title = factory.Sequence(lambda n: f"Convocatoria {n}")
    status = CallStatus.PUBLISHED
    opens_at = dt.datetime(2026, 11, 1, 3, tzinfo=dt.UTC)
    closes_at = dt.datetime(2026, 12, 7, 3, tzinfo=dt.UTC)
    time_zone = "America/Santiago"


class CriterionFactory(factory.django.DjangoModelFactory):
    """A condition of a call: micro and small organizations only."""

    class Meta:
        model = EligibilityCriterion

    call = factory.SubFactory(CallFactory)
    kind = CriterionKind.SIZE_CLASS
    parameters = factory.LazyFunction(lambda: {"sizes": ["micro", "small"]})
    text = "Micro y pequeñas empresas"


class DeclarationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Declaration

    organization = factory.SubFactory(OrganizationFactory)
    question = "cl-no-labor-debt"
    holds = True
    declared_on = TODAY


class VerdictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verdict

    organization = factory.SubFactory(OrganizationFactory)
    call = factory.SubFactory(CallFactory)
    standing = Standing.MEETS
    facts_hash = "0" * 64
    rules_revision = 1
    evaluated_on = TODAY


class SpreadsheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Spreadsheet

    created_by = factory.SubFactory(UserFactory)
    owner = factory.SubFactory(OrganizationFactory)
    file_name = "socios.csv"
    content_hash = factory.Sequence(lambda n: f"{n:064x}")
    state = "mapping"
    header = factory.LazyFunction(lambda: ["nombre", "rut", "ciudad"])


class SpreadsheetRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SpreadsheetRow

    spreadsheet = factory.SubFactory(SpreadsheetFactory, rows_total=1)
    number = factory.Sequence(lambda n: n + 2)
    cells = factory.LazyFunction(lambda: ["Viña Sur SpA", "76.086.428-5", "Talca"])


class DuplicatePairFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DuplicatePair

    first = factory.SubFactory(OrganizationFactory)
    second = factory.SubFactory(OrganizationFactory)
    score = 0.9
    facts = "0" * 64


class OrganizationMergeFactory(factory.django.DjangoModelFactory):
    """A union made on NOW, of a record that nothing else remembers."""

    class Meta:
        model = OrganizationMerge

    kept = factory.SubFactory(OrganizationFactory)
    removed_id = factory.Sequence(lambda n: 900_000_000 + n)
    removed_public_id = factory.LazyFunction(uuid.uuid4)
    removed_name = "Viña Antigua"
    merged_at = NOW


class LifecycleMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LifecycleMove

    organization = factory.SubFactory(OrganizationFactory)
    kind = LifecycleKind.SUSPENDED
    effective_on = TODAY
    made_at = NOW


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    purpose = Purpose.ACCOUNT
    basis = LawfulBasis.CONTRACT
    text_version = "2026-11"
    source = "registro"
    given_at = NOW


class DataExportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DataExport

    user = factory.SubFactory(UserFactory)
    asked_at = NOW


class AccountClosingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccountClosing

    user = factory.SubFactory(UserFactory)
    asked_at = NOW
    due_on = TODAY + dt.timedelta(days=30)


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    organization = factory.SubFactory(OrganizationFactory)
    role = "Compras"
    role_email = "compras@ejemplo.org"
    lawful_basis = LawfulBasis.LEGITIMATE_INTEREST


class ContactViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactView

    contact = factory.SubFactory(ContactFactory)
    viewer = factory.SubFactory(UserFactory)
    viewed_at = NOW

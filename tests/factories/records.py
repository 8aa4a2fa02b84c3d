"""How organizations come in, become one and end."""

import uuid

import factory

from firms.models import (
    DuplicatePair,
    LifecycleKind,
    LifecycleMove,
    NumberReview,
    OrganizationMerge,
    RegistrationDraft,
    Spreadsheet,
    SpreadsheetRow,
)
from tests.factories.accounts import UserFactory
from tests.factories.basics import NOW, TODAY
from tests.factories.firms import OrganizationFactory


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

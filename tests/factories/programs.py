"""Programs, calls, conditions and verdicts."""

import datetime as dt

import factory

from programs.models import (
    Award,
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
from tests.factories.basics import TODAY
from tests.factories.firms import OrganizationFactory


class ProgramFactory(factory.django.DjangoModelFactory):
    """Published, of an agency that is not registered."""

    class Meta:
        model = Program
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"programa-{n}")
    label_es = factory.Sequence(lambda n: f"Programa {n}")
    agency_name = "Agencia de Fomento"
    status = ProgramStatus.PUBLISHED


class AwardFactory(factory.django.DjangoModelFactory):
    """Given in 2024, as a register says; of no published amount."""

    class Meta:
        model = Award

    program = factory.SubFactory(ProgramFactory)
    organization = factory.SubFactory(OrganizationFactory)
    year = 2024
    source = "Registro de prueba"


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

"""Each named rule of the tables refuses what breaks it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programs.models import CallStatus, EligibilityCriterion, FactAnswer, UnitValue
from tests.factories import (
    TODAY,
    AwardFactory,
    CallFactory,
    CriterionFactory,
    DeclarationFactory,
    OrganizationFactory,
    ProgramFactory,
    VerdictFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_program_has_a_name_and_an_agency():
    with violates("program_has_a_name"):
        ProgramFactory(label_es="")
    with violates("program_has_an_agency"):
        ProgramFactory(agency_name="")


def test_a_source_names_a_program_and_a_call_once():
    ProgramFactory(source="bdns", source_ref="1")
    CallFactory(source="bdns", source_ref="1")
    with violates("program_unique_in_source"):
        ProgramFactory(source="bdns", source_ref="1")
    with violates("call_unique_in_source"):
        CallFactory(source="bdns", source_ref="1")


def test_a_call_has_a_title():
    with violates("call_has_a_title"):
        CallFactory(title="")


def test_a_call_closes_after_it_opens():
    instant = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    with violates("call_closes_after_opening"):
        CallFactory(opens_at=instant, closes_at=instant)


def test_a_permanent_window_has_no_close_and_a_forecast_no_dates():
    with violates("call_continuous_has_no_close"):
        CallFactory(is_continuous=True)
    with violates("call_forecast_has_no_dates"):
        CallFactory(status=CallStatus.FORECAST)


def test_amounts_are_positive_ordered_and_in_a_currency():
    with violates("call_amounts_positive"):
        CallFactory(budget=0, currency="EUR")
    with violates("call_amounts_have_currency"):
        CallFactory(budget=10)
    with violates("call_awards_in_order"):
        CallFactory(award_min=20, award_max=10, currency="CLP")
    with violates("call_rate_is_a_percentage"):
        CallFactory(rate=Decimal("100.01"))


def test_a_criterion_belongs_to_a_program_or_to_a_call():
    with violates("criterion_of_program_or_call"):
        CriterionFactory(program=ProgramFactory())
    with violates("criterion_of_program_or_call"):
        CriterionFactory(call=None)


def test_a_criterion_does_not_contain_itself():
    row = CriterionFactory()
    with violates("criterion_not_its_own_parent"):
        EligibilityCriterion.objects.filter(pk=row.pk).update(parent=row)


def test_a_declared_criterion_carries_the_words():
    with violates("criterion_declared_has_words"):
        CriterionFactory(kind="declared", parameters={"question": "x"}, text="")


def test_a_code_names_one_criterion_of_its_owner():
    of_call = CriterionFactory(code="size")
    with violates("criterion_unique_in_call"):
        CriterionFactory(call=of_call.call, code="size")
    program = ProgramFactory()
    CriterionFactory(call=None, program=program, code="size")
    with violates("criterion_unique_in_program"):
        CriterionFactory(call=None, program=program, code="size")


def test_a_question_is_answered_once_by_an_organization():
    said = DeclarationFactory()
    with violates("declaration_once"):
        DeclarationFactory(organization=said.organization)


def test_a_fact_is_answered_once_for_all_calls_and_once_for_each():
    firm, call = OrganizationFactory(), CallFactory()
    said = {"organization": firm, "fact": "jobs", "value": "3", "answered_on": TODAY}
    FactAnswer.objects.create(**said)
    FactAnswer.objects.create(**said, call=call)
    with violates("fact_answer_once"):
        FactAnswer.objects.create(**said)
    with violates("fact_answer_once"):
        FactAnswer.objects.create(**said, call=call)


def test_a_unit_has_one_positive_value_a_day():
    worth = {"unit": "UF", "currency": "CLP", "valid_from": TODAY, "source": "https://example.org"}
    UnitValue.objects.create(**worth, value=Decimal(40_000))
    with violates("unit_value_once_a_day"):
        UnitValue.objects.create(**worth, value=Decimal(40_001))
    with violates("unit_value_positive"):
        UnitValue.objects.create(**worth | {"unit": "UTM"}, value=Decimal(0))


def test_an_effect_says_how_much_and_a_route_says_where_to():
    with violates("criterion_effect_has_amount"):
        CriterionFactory(effect="rate")
    with violates("criterion_route_has_line"):
        CriterionFactory(effect="route")


def test_there_is_one_verdict_and_it_changes_later():
    verdict = VerdictFactory()
    with violates("verdict_once"):
        VerdictFactory(organization=verdict.organization, call=verdict.call)
    with violates("verdict_changes_later"):
        VerdictFactory(next_change_on=TODAY)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [("size_class", {"sizes": ["huge"]}), ("size_class", []), ("women_led", {"x": 1})],
)
def test_parameters_follow_the_schema_of_their_kind(kind, parameters):
    row = CriterionFactory.build(kind=kind, parameters=parameters)
    with pytest.raises(ValidationError) as error:
        row.clean()
    assert "parameters" in error.value.message_dict


def test_a_time_zone_is_one_that_exists():
    call = CallFactory(time_zone="America/Atlantis")
    with pytest.raises(ValidationError) as error:
        call.full_clean()
    assert "time_zone" in error.value.message_dict


def test_an_award_has_a_year_a_source_and_a_whole_amount():
    with violates("award_year_in_range"):
        AwardFactory(year=24)
    with violates("award_names_its_source"):
        AwardFactory(source="")
    with violates("award_amount_has_currency"):
        AwardFactory(amount=Decimal(5))
    known = AwardFactory()
    with violates("award_once"):
        AwardFactory(program=known.program, organization=known.organization)

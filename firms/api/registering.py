"""Registering an organization by a program: the steps of the page, sent at once.

The forms of the steps judge the values, so that a page and a program are held to the same rules
and told the same words.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from common.api.serializers import StrictSerializer
from common.models import Language
from firms.api.input import MAX_ITEMS, strings
from firms.forms.wizard.whole import (
    ACTIVITY,
    ASKING,
    IDENTITY,
    KIND,
    PLACE,
    PROFILE,
    Registration,
)
from firms.models import AdministrativeLevel, OrganizationKind, Precision, SizeClass
from firms.services.wizard.finishing import NewOrganization

NAMES = {
    IDENTITY: ("country", "tax_number", "without_number", "legal_name"),
    KIND: ("kind",),
    ACTIVITY: ("one_line", "activities"),
    PLACE: ("city", "latitude", "longitude", "precision", "address"),
    PROFILE: (
        "size_class", "trade_name", "acronym", "activity_start_on", "member_count",
        "agency_level", "agency_units", "website", "ror", "clusters",
    ),
}  # fmt: skip


def _text(limit: int) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, max_length=limit)


def _words(limit: int) -> serializers.ListField:
    child = serializers.CharField(max_length=limit)
    return serializers.ListField(child=child, required=False, max_length=MAX_ITEMS)


class NewOrganizationInput(StrictSerializer):
    """What the steps of a registration ask."""

    country = serializers.CharField(max_length=10)
    tax_number = _text(40)
    without_number = serializers.BooleanField(default=False)
    legal_name = serializers.CharField(max_length=250)
    kind = serializers.ChoiceField(choices=OrganizationKind.choices)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    one_line = serializers.CharField(max_length=300)
    activities = _words(40)
    city = serializers.IntegerField(
        required=False, min_value=1, max_value=2_147_483_647, help_text=_("Número de GeoNames.")
    )
    latitude = serializers.FloatField(required=False, min_value=-90, max_value=90)
    longitude = serializers.FloatField(required=False, min_value=-180, max_value=180)
    precision = serializers.ChoiceField(
        choices=[Precision.STREET, Precision.EXACT, Precision.LOCALITY], required=False
    )
    address = _text(250)
    size_class = serializers.ChoiceField(choices=SizeClass.choices, required=False)
    trade_name = _text(250)
    acronym = _text(40)
    activity_start_on = serializers.DateField(required=False)
    member_count = serializers.IntegerField(required=False, min_value=0, max_value=10_000_000)
    agency_level = serializers.ChoiceField(choices=AdministrativeLevel.choices, required=False)
    agency_units = _words(10)
    website = _text(200)
    ror = _text(60)
    clusters = _words(60)


def read_registration(values: Mapping[str, Any]) -> NewOrganization:
    """Judge what was sent step by step; raise the forms' own words by the program's names."""
    answers = {
        step: {name: strings(values[name]) for name in names if name in values}
        for step, names in NAMES.items()
    }
    registration = Registration(answers, page_language=values.get("language", "es"))
    for step in ASKING:
        form = registration.form(step)
        if not form.is_valid():
            raise serializers.ValidationError(_errors(form.errors))
        unasked = {name for name in answers[step] if name not in form.fields}
        if unasked:
            text = _("Este dato no existe o no se puede escribir.")
            raise serializers.ValidationError({name: [text] for name in sorted(unasked)})
    return registration.content()


def _errors(errors: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        "non_field_errors" if name == "__all__" else name: [str(text) for text in texts]
        for name, texts in errors.items()
    }

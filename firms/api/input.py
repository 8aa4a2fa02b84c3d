"""What a program sends about an offer or a need: the fields of the page's form, as JSON.

The serializer checks shapes; the form that people fill in judges the values, so that a page and a
program are held to the same rules and told the same words.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from common.api.serializers import StrictSerializer
from common.models import Language
from firms.forms.listings import NeedForm, OfferForm
from firms.models import OfferKind, Organization, Partnership, Reach, SizeClass, Urgency, Visibility

MAX_ITEMS = 60


def _text(limit: int) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, max_length=limit)


def _words(help_text: Any) -> serializers.ListField:
    child = serializers.CharField(max_length=40)
    return serializers.ListField(
        child=child, required=False, max_length=MAX_ITEMS, help_text=help_text
    )


def _choices(choices: Any) -> serializers.ListField:
    child = serializers.ChoiceField(choices=choices)
    return serializers.ListField(child=child, required=False, max_length=MAX_ITEMS)


class ListingInput(StrictSerializer):
    """What offers and needs ask alike."""

    title = serializers.CharField(max_length=160)
    summary = _text(500)
    description = _text(4_000)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    classifications = _words(_("Entradas como «cpv2008:30192800»."))
    city = serializers.IntegerField(
        required=False, min_value=1, max_value=2_147_483_647, help_text=_("Número de GeoNames.")
    )
    region = serializers.CharField(
        required=False, max_length=10, help_text=_("Código de la división, si no hay ciudad.")
    )
    reach = serializers.ChoiceField(choices=Reach.choices, default=Reach.NATIONAL)
    reach_km = serializers.IntegerField(required=False, min_value=1, max_value=2_000)
    reach_units = _words(_("Códigos de regiones o países."))
    partnerships = _choices(Partnership.choices)
    visibility = serializers.ChoiceField(choices=Visibility.choices, default=Visibility.PUBLIC)
    open_to_contact = serializers.BooleanField(default=True)


class NeedInput(ListingInput):
    """What a need asks."""

    urgency = serializers.ChoiceField(choices=Urgency.choices, default=Urgency.QUARTER)
    deliver_by = serializers.DateField(required=False)
    wanted_sizes = _choices(SizeClass.choices)
    required_certificates = _words(_("Códigos de las normas."))
    budget_min = serializers.DecimalField(14, 2, required=False, min_value=Decimal(0))
    budget_max = serializers.DecimalField(14, 2, required=False, min_value=Decimal(0))
    currency = _text(3)


class OfferInput(ListingInput):
    """What an offer asks."""

    kind = serializers.ChoiceField(choices=OfferKind.choices, default=OfferKind.PRODUCT)
    advantages = _text(2_000)


class NewNeedInput(NeedInput):
    """A need and the organization that has it."""

    organization = serializers.UUIDField()


class NewOfferInput(OfferInput):
    """An offer and the organization that makes it."""

    organization = serializers.UUIDField()


def fill_in(
    form_class: type[NeedForm] | type[OfferForm],
    values: Mapping[str, Any],
    *,
    organization: Organization,
) -> NeedForm | OfferForm:
    """Fill in the page's form; raise the form's own words by the program's own names."""
    given = {"language": organization.language, **values}
    form = form_class(_as_sent(given), organization=organization)
    if not form.is_valid():
        errors = {
            "non_field_errors" if name == "__all__" else name: [str(text) for text in texts]
            for name, texts in form.errors.items()
        }
        raise serializers.ValidationError(errors)
    return form


def _as_sent(values: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Return values as a browser sends them."""
    return MultiValueDict({name: strings(value) for name, value in values.items()})


def strings(value: Any) -> list[str]:
    """Return a value as a browser sends it."""
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, dt.date):
        return [value.isoformat()]
    return [str(value)]

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
from firms.models import (
    Decider,
    Exclusivity,
    IprStatus,
    ListingVisibility,
    NeedKind,
    OfferKind,
    Organization,
    OrganizationKind,
    PartnerHelp,
    Partnership,
    PriceModel,
    Reach,
    SizeClass,
    TransferMode,
    Urgency,
)

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


def _one_of(choices: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, required=False, allow_blank=True)


def _amount() -> serializers.DecimalField:
    return serializers.DecimalField(14, 2, required=False, min_value=Decimal(0))


def _level() -> serializers.IntegerField:
    return serializers.IntegerField(required=False, min_value=1, max_value=9)


def _phrases(most: int) -> serializers.ListField:
    child = serializers.CharField(max_length=120)
    return serializers.ListField(child=child, required=False, max_length=most)


class TextInput(StrictSerializer):
    """What a listing says in another language."""

    language = serializers.ChoiceField(choices=Language.choices)
    title = serializers.CharField(max_length=160)
    summary = _text(500)
    description = _text(4_000)
    is_machine_made = serializers.BooleanField(default=False)


class ItemInput(StrictSerializer):
    """One line of what is to be quoted."""

    description = serializers.CharField(max_length=300)
    quantity = serializers.DecimalField(14, 3, required=False, min_value=Decimal(0))
    unit = _text(40)
    amount = _amount()


class RightInput(StrictSerializer):
    """A registered right."""

    kind = serializers.ChoiceField(choices=IprStatus.choices)
    office = _text(80)
    number = _text(60)
    priority_on = serializers.DateField(required=False)
    territory = _text(120)
    expires_on = serializers.DateField(required=False)
    owner_share = serializers.IntegerField(required=False, min_value=1, max_value=100)


class TechnologyInput(StrictSerializer):
    """What a technology offer says besides."""

    problem = _text(800)
    how_it_works = _text(1_500)
    versus_leading = _text(800)
    economic_comparison = _text(500)
    trl = _level()
    trl_evidence = _text(500)
    trl_on = serializers.DateField(required=False)
    ipr_status = _one_of(IprStatus.choices)
    rights_note = _text(500)
    exclusivity = _one_of(Exclusivity.choices)
    transfer_modes = _choices(TransferMode.choices)
    partner_help = _choices(PartnerHelp.choices)
    technology_words = _phrases(5)
    market_words = _phrases(5)
    publications = _phrases(10)
    needs_nda = serializers.BooleanField(default=False)


class WishInput(StrictSerializer):
    """What a request for technology says besides."""

    current_solution = _text(800)
    trl_min = _level()
    trl_max = _level()
    transfer_modes = _choices(TransferMode.choices)
    can_pilot = serializers.BooleanField(default=False)
    technology_words = _phrases(5)


class ProjectInput(StrictSerializer):
    """The project for which partners are sought."""

    program = _text(160)
    call = _text(160)
    call_url = serializers.URLField(required=False, max_length=300, allow_blank=True)
    role_wanted = _text(300)
    coordinator_wanted = serializers.BooleanField(default=False)
    interest_until = serializers.DateField(required=False)
    call_closes_on = serializers.DateField(required=False)
    duration_weeks = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    partners_so_far = _text(1_000)


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
    is_remote = serializers.BooleanField(default=False)
    wanted_kinds = _choices(OrganizationKind.choices)
    wanted_role = _text(1_000)
    sdgs = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=17), required=False, max_length=17
    )
    broker = serializers.CharField(
        required=False, max_length=60, help_text=_("Un clúster de la organización, por su nombre.")
    )
    texts = TextInput(many=True, required=False)
    visibility = serializers.ChoiceField(
        choices=ListingVisibility.choices, default=ListingVisibility.PUBLIC
    )
    guests = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=40)
    is_anonymous = serializers.BooleanField(default=False)
    open_to_contact = serializers.BooleanField(default=True)


class NeedInput(ListingInput):
    """What a need asks."""

    kind = serializers.ChoiceField(choices=NeedKind.choices, default=NeedKind.PRODUCT)
    specification = _text(2_000)
    delivery_place = _text(200)
    decider = _one_of(Decider.choices)
    closes_on = serializers.DateField(required=False)
    items = ItemInput(many=True, required=False)
    technology_wish = WishInput(required=False)
    research_project = ProjectInput(required=False)
    urgency = serializers.ChoiceField(choices=Urgency.choices, default=Urgency.QUARTER)
    deliver_by = serializers.DateField(required=False)
    wanted_sizes = _choices(SizeClass.choices)
    required_certificates = _words(_("Códigos de las normas."))
    budget_min = _amount()
    budget_max = _amount()
    currency = _text(3)
    is_budget_shown = serializers.BooleanField(default=True)


class OfferInput(ListingInput):
    """What an offer asks."""

    kind = serializers.ChoiceField(choices=OfferKind.choices, default=OfferKind.PRODUCT)
    advantages = _text(2_000)
    price_model = _one_of(PriceModel.choices)
    price_min = _amount()
    price_max = _amount()
    currency = _text(3)
    capacity = _text(200)
    lead_time_days = serializers.IntegerField(required=False, min_value=0, max_value=32_767)
    minimum_order = _text(120)
    technology = TechnologyInput(required=False)
    ipr_records = RightInput(many=True, required=False)


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
    """Return values as a browser sends them: parts spread out, rows numbered."""
    sent: dict[str, list[str]] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            sent |= {part: strings(each) for part, each in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for index, row in enumerate(value):
                sent |= {f"{name}-{index}-{part}": strings(each) for part, each in row.items()}
        else:
            sent[name] = strings(value)
    return MultiValueDict(sent)


def strings(value: Any) -> list[str]:
    """Return a value as a browser sends it."""
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, dt.date):
        return [value.isoformat()]
    return [str(value)]

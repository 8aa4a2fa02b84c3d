"""A need in one sentence, a need being written, and what people say about a match."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from clusters.catalog import LISTING_SCHEMES, certificate_standards, cities_like
from clusters.models import AdminUnit, City, Scheme
from clusters.pickers import ClassificationsField
from firms.forms.carried import PartialNeedForm
from firms.forms.fields import RowsField
from firms.models import Reach, Urgency
from firms.models.listings import MAX_REACH_KM
from matching.models import DismissReason, MatchAnswer
from matching.services.results import NeedDraft

MAX_SENTENCE = 500
FLOWS = [
    ("pay", _("Yo pago: busco quién me lo venda o lo haga")),
    ("sell", _("Yo vendo: busco quién lo compre")),
    ("together", _("Lo hacemos en conjunto: busco un socio")),
    ("research", _("Todavía no existe: busco con quién investigarlo")),
]


@dataclass(frozen=True)
class Asked:
    """A text, the entries chosen so far, the picker they are in, and the only scheme or none."""

    text: str
    field: str
    chosen: tuple[int, ...]
    scheme: str


class PlaceField(forms.CharField):
    """A city as people type it; gives the City, the largest of those that fit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=120, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Return the City, None for an empty text, or say that the place is not known."""
        text = super().clean(value)
        if not text:
            return None
        name, _comma, division = text.partition(",")
        found = list(cities_like(name).order_by("-population", "pk")[:50])
        named = [city for city in found if division and _lies_in(city, division.strip())]
        if not found:
            raise forms.ValidationError(
                _("No conocemos ese lugar. Escriba la ciudad más cercana."), code="unknown_place"
            )
        return (named or found)[0]


class AnswerForm(forms.Form):
    """A need in one sentence, and what its author made of the parts that were recognized."""

    q = forms.CharField(
        label=_("Su necesidad, en una frase"),
        max_length=MAX_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = PlaceField(label=_("Cerca de"))
    km = forms.IntegerField(
        label=_("Hasta (km)"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_REACH_KM)],
        widget=forms.NumberInput(attrs={"min": 1, "max": MAX_REACH_KM, "inputmode": "numeric"}),
    )
    flow = forms.ChoiceField(
        label=_("¿Hacia dónde va el dinero?"),
        choices=FLOWS,
        required=False,
        widget=forms.RadioSelect,
    )
    classifications = ClassificationsField(schemes=LISTING_SCHEMES, required=False)
    certificates = RowsField(certificate_standards)
    urgency = forms.ChoiceField(choices=[("", ""), *Urgency.choices], required=False)
    deliver_by = forms.DateField(required=False)
    quantity = forms.CharField(max_length=80, required=False)

    def draft(self) -> NeedDraft:
        """Return the need as far as it is written."""
        data = self.cleaned_data
        city: City | None = data["place"]
        km = data["km"] if city else None
        return NeedDraft(
            text=data["q"],
            classification_ids=_keys(data, "classifications"),
            admin_unit_id=_unit_of(city) if city else None,
            point=city.point if city else None,
            reach=Reach.RADIUS if km else Reach.WORLDWIDE,
            reach_km=km,
            required_certificate_ids=_keys(data, "certificates"),
        )


class PreviewForm(PartialNeedForm):
    """A need that is being written."""

    title = forms.CharField(max_length=160, required=False)
    summary = forms.CharField(max_length=500, required=False)
    description = forms.CharField(max_length=4_000, required=False)

    def draft(self) -> NeedDraft:
        """Return the need as far as it is written, leaving out what is not valid yet."""
        data = self.known()
        city: City | None = data.get("city")
        region: AdminUnit | None = data.get("region")
        point = city.point if city else region.center if region else None
        reach, km = Reach(data.get("reach", Reach.WORLDWIDE)), data.get("reach_km")
        if reach == Reach.RADIUS and not (km and point):
            reach = Reach.WORLDWIDE
        return NeedDraft(
            text=" ".join(data.get(part, "") for part in ("title", "summary", "description")),
            classification_ids=_keys(data, "classifications"),
            admin_unit_id=_unit_of(city) if city else region.pk if region else None,
            point=point,
            reach=reach,
            reach_km=km if reach == Reach.RADIUS else None,
            reach_unit_ids=_keys(data, "reach_units"),
            required_certificate_ids=_keys(data, "required_certificates"),
        )


class SuggestionForm(PreviewForm):
    """A text that is being written, and the picker that its suggestions go into."""

    one_line = forms.CharField(max_length=160, required=False)
    activities = ClassificationsField(schemes=LISTING_SCHEMES, required=False)
    field = forms.ChoiceField(choices=[("classifications", ""), ("activities", "")], required=False)
    schemes = forms.ChoiceField(choices=Scheme.choices, required=False)

    def asked(self) -> Asked:
        """Return what to suggest for, what is chosen already, and for which picker."""
        data = self.known()
        parts = ("title", "summary", "description", "one_line")
        field = data.get("field", "classifications")
        return Asked(
            text=" ".join(data.get(part, "") for part in parts).strip(),
            field=field,
            chosen=_keys(data, field),
            scheme=data.get("schemes", ""),
        )


class ResponseForm(forms.Form):
    """One person's answer to a match; an empty answer takes the last one back."""

    answer = forms.ChoiceField(
        choices=[("", ""), *MatchAnswer.choices], required=False, label=_("Respuesta")
    )
    reason = forms.ChoiceField(
        choices=[("", ""), *DismissReason.choices], required=False, label=_("Motivo")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a dismissal: it tells the author what to change."""
        data = super().clean() or self.cleaned_data
        if data.get("answer") == MatchAnswer.DISMISSED and not data.get("reason"):
            self.add_error("reason", _("Diga por qué, con un toque."))
        return data


def _keys(data: dict[str, Any], name: str) -> tuple[int, ...]:
    return tuple(row.pk for row in data.get(name) or ())


def _unit_of(city: City) -> int:
    return city.admin_unit_id or city.country_id


def _lies_in(city: City, division: str) -> bool:
    names = (str(unit).casefold() for unit in (city.admin_unit, city.country) if unit)
    return division.casefold() in names

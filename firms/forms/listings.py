"""Writing an offer or a need."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.catalog import (
    LISTING_SCHEMES,
    certificate_standards,
    city_named,
    divisions,
    territories,
)
from clusters.pickers import CityField, ClassificationsField, SearchableForm, look_near
from common.models import Language
from firms.forms.fields import (
    CURRENCIES,
    CURRENCY_OF,
    RowField,
    RowsField,
    a_day,
    boxes,
    lines,
    of_model,
)
from firms.models import (
    CloseReason,
    Need,
    Offer,
    Organization,
    Partnership,
    Reach,
    SizeClass,
)
from firms.models.listings import MAX_REACH_KM
from firms.services.listings import NeedContent, OfferContent, place_of

MAX_CLASSIFICATIONS = 8
MAX_TERRITORIES = 40
MAX_PARTNERSHIPS = 3


class _ListingForm(SearchableForm):
    """What offers and needs ask alike."""

    title = of_model(Need, "title", widget=lines(2))
    summary = of_model(Need, "summary", widget=lines(3))
    description = of_model(Need, "description", widget=lines(5))
    language = forms.ChoiceField(label=_("Idioma del texto"), choices=Language.choices)
    classifications = ClassificationsField(
        label=_("De qué se trata"),
        schemes=LISTING_SCHEMES,
        limit=MAX_CLASSIFICATIONS,
        required=False,
    )
    city = CityField(label=_("Ciudad"), required=False)
    region = RowField(
        divisions,
        label=_("O solo la región"),
        required=False,
        empty_label="—",
    )
    reach = forms.ChoiceField(choices=Reach.choices, widget=forms.RadioSelect)
    reach_km = forms.IntegerField(
        label=_("Distancia en km"), required=False, min_value=1, max_value=MAX_REACH_KM
    )
    reach_units = RowsField(territories, label=_("Regiones o países"))
    partnerships = boxes(_("Tipo de acuerdo"), Partnership.choices)
    visibility = of_model(Need, "visibility", widget=forms.RadioSelect)
    open_to_contact = forms.BooleanField(label=_("Acepto que me contacten"), required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        look_near(self, organization.country.country_code)
        region = self.fields["region"]
        if isinstance(region, RowField):
            region.queryset = divisions(organization.country.country_code)

    def clean_partnerships(self) -> list[str]:
        """Allow three kinds of deal at most, so that the choice says something."""
        chosen: list[str] = self.cleaned_data["partnerships"]
        if len(chosen) > MAX_PARTNERSHIPS:
            raise forms.ValidationError(_("Elija tres como máximo."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Ask for a place and for what its reach needs; keep nothing that it does not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_place(cleaned)
        self._clean_reach(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        where = cleaned.get("city") or cleaned.get("region")
        place = place_of(where=where) if where else None
        if place is None and not self.has_error("city") and not self.has_error("region"):
            self.add_error("city", _("Busque una ciudad y elíjala, o elija la región."))
        cleaned["place"] = place

    def _clean_reach(self, cleaned: dict[str, Any]) -> None:
        reach = cleaned.get("reach")
        if reach != Reach.RADIUS:
            cleaned["reach_km"] = None
        elif not cleaned.get("reach_km") and not self.has_error("reach_km"):
            self.add_error("reach_km", _("Indique entre 1 y 2.000 km."))
        if reach != Reach.TERRITORIES:
            cleaned["reach_units"] = []
        elif not cleaned.get("reach_units"):
            self.add_error("reach_units", _("Marque al menos una región o un país."))

    def _given(self) -> dict[str, Any]:
        """Return the values of the content, without those that only helped to find the place."""
        given = dict(self.cleaned_data)
        del given["city"], given["region"]
        return given


class NeedForm(_ListingForm):
    """What somebody looks for."""

    urgency = of_model(Need, "urgency", widget=forms.RadioSelect)
    deliver_by = a_day(_("Para el día"))
    wanted_sizes = boxes(_("Tamaño preferido"), SizeClass.choices)
    required_certificates = RowsField(certificate_standards, label=_("Certificados que exige"))
    budget_min = of_model(Need, "budget_min", min_value=0, localize=True)
    budget_max = of_model(Need, "budget_max", min_value=0, localize=True)
    currency = forms.ChoiceField(
        label=_("Moneda"), required=False, choices=[("", "—"), *((c, c) for c in CURRENCIES)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("¿Qué necesita? En una frase")
        self.fields["reach"].label = _("¿Hasta dónde busca?")

    def clean(self) -> dict[str, Any]:
        """Keep the budget in order and in a currency."""
        cleaned = super().clean()
        low, high = cleaned.get("budget_min"), cleaned.get("budget_max")
        if low is None and high is None:
            cleaned["currency"] = ""
            return cleaned
        if low is not None and high is not None and high < low:
            self.add_error("budget_max", _("El presupuesto máximo es menor que el mínimo."))
        if not cleaned.get("currency"):
            self.add_error("currency", _("Indique la moneda del presupuesto."))
        return cleaned

    def content(self) -> NeedContent:
        """Return what the service takes."""
        return NeedContent(**self._given())


class OfferForm(_ListingForm):
    """What somebody provides."""

    kind = of_model(Offer, "kind", widget=forms.RadioSelect)
    advantages = of_model(
        Offer,
        "advantages",
        widget=lines(4),
        help_text=_("Comparada con lo que se usa hoy: más barata, más rápida, más cerca…"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("¿Qué ofrece? En una frase")
        self.fields["reach"].label = _("¿Hasta dónde llega?")

    def content(self) -> OfferContent:
        """Return what the service takes."""
        return OfferContent(**self._given())


class CloseForm(forms.Form):
    """Why a listing ends."""

    reason = forms.ChoiceField(
        label=_("¿Cómo terminó?"), choices=CloseReason.choices, widget=forms.RadioSelect
    )


def first_values(organization: Organization, sentence: str) -> dict[str, Any]:
    """Return what a new listing begins with: a sentence, the organization's place and currency."""
    limit = Need._meta.get_field("title").max_length or 0
    site = organization.sites.select_related("city__admin_unit", "city__country").first()
    return {
        "title": sentence[:limit],
        "summary": sentence[:500] if len(sentence) > limit else "",
        "language": organization.language,
        "city": site.city if site else None,
        "reach": Reach.NATIONAL,
        "visibility": "public",
        "urgency": "quarter",
        "kind": "product",
        "open_to_contact": True,
        "currency": CURRENCY_OF.get(organization.country.country_code, "USD"),
    }


def values_of(listing: Need | Offer) -> dict[str, Any]:
    """Return what a form shows of a listing that exists."""
    names = {*NeedForm.base_fields, *OfferForm.base_fields}
    shown = {name: getattr(listing, name) for name in names if hasattr(listing, name)}
    for name in {"classifications", "reach_units", "required_certificates"} & shown.keys():
        shown[name] = list(shown[name].all())
    city = city_named(listing.place_name, listing.admin_unit)
    return shown | {"city": city, "region": None if city else listing.admin_unit}

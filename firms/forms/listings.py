"""Writing an offer or a need."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.catalog import (
    LISTING_SCHEMES,
    certificate_standards,
    city_named,
    divisions,
    open_clusters,
    territories,
)
from clusters.pickers import CityField, ClassificationsField, SearchableForm, look_near
from common.models import Language
from firms.forms.fields import (
    CURRENCIES,
    CURRENCY_OF,
    RowField,
    RowsField,
    a_choice,
    a_day,
    boxes,
    lines,
    of_model,
)
from firms.forms.listing_fields import (
    MAX_TEXTS,
    PROJECT_NAMES,
    SDG_NAMES,
    TECHNOLOGY_NAMES,
    WISH_NAMES,
    ItemRow,
    ProjectFields,
    TechnologyFields,
    TextRow,
    WishFields,
)
from firms.forms.rows import JoinedArea, RowsOfField
from firms.models import (
    CloseReason,
    Decider,
    ListingVisibility,
    Need,
    NeedKind,
    Offer,
    OfferKind,
    Organization,
    OrganizationKind,
    Partnership,
    PriceModel,
    Reach,
    SizeClass,
)
from firms.models.listings import MAX_REACH_KM
from firms.services.listing_content import (
    IprContent,
    ItemContent,
    ProjectContent,
    TechnologyContent,
    TextContent,
    WishContent,
)
from firms.services.listing_guests import CannotInvite, clusters_of, guests_named
from firms.services.listing_parts import ONE, part_of
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
    is_remote = of_model(Need, "is_remote")
    wanted_kinds = boxes(_("Qué socio busca"), OrganizationKind.choices)
    wanted_role = of_model(Need, "wanted_role", widget=lines(3))
    sdgs = forms.TypedMultipleChoiceField(
        label=_("Objetivos de Desarrollo Sostenible"),
        required=False,
        coerce=int,
        choices=[(number, f"{number} · {name}") for number, name in SDG_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    broker = RowField(
        open_clusters,
        key="slug",
        label=_("Clúster que acompaña"),
        required=False,
        empty_label=_("Ninguno"),
        help_text=_("Quienes lo gestionan podrán presentarle interesados."),
    )
    texts = RowsOfField(TextRow, extra=1, limit=MAX_TEXTS, label=_("En otros idiomas"))
    visibility = of_model(Need, "visibility", widget=forms.RadioSelect)
    guests = forms.CharField(
        label=_("Organizaciones invitadas"),
        required=False,
        max_length=4_000,
        widget=JoinedArea,
        help_text=_("Una por línea: su número tributario o la dirección de su página."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Publicar sin decir quién soy"),
        required=False,
        help_text=_("Nadie verá el nombre, la ciudad ni el clúster hasta que usted lo acepte."),
    )
    open_to_contact = forms.BooleanField(label=_("Acepto que me contacten"), required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        look_near(self, organization.country.country_code)
        region = self.fields["region"]
        if isinstance(region, RowField):
            region.queryset = divisions(organization.country.country_code)
        broker = self.fields["broker"]
        if isinstance(broker, RowField):
            broker.queryset = clusters_of(organization)
        self.kind = self._kind()
        for name in self.unasked[self.kind]:
            self.fields.pop(name, None)

    kinds: ClassVar[type[NeedKind] | type[OfferKind]]
    unasked: ClassVar[Mapping[str, Collection[str]]]

    def _kind(self) -> str:
        """Return the kind that was chosen, for which the form asks; the first one by default."""
        chosen = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        values: list[str] = self.kinds.values
        return str(chosen) if chosen in values else values[0]

    def clean_kind(self) -> str:
        """Leave out nothing: no kind is the first one."""
        return self.cleaned_data.get("kind") or self.kinds.values[0]

    def clean_guests(self) -> list[Organization]:
        """Find the organizations that were named."""
        try:
            return guests_named(self.cleaned_data["guests"], besides=self.organization)
        except CannotInvite as error:
            text = _("No encontramos «%(line)s».") % {"line": error.line}
            raise forms.ValidationError(text) from error

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
        self._clean_texts(cleaned)
        if cleaned.get("visibility") != ListingVisibility.INVITED:
            cleaned["guests"] = []
        return cleaned

    def _clean_texts(self, cleaned: dict[str, Any]) -> None:
        """One text a language, besides the original."""
        languages = [
            cleaned.get("language"),
            *(row["language"] for row in cleaned.get("texts", ())),
        ]
        if len(set(languages)) < len(languages):
            self.add_error("texts", _("Cada idioma va una vez, y el original no se repite."))

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
        given["texts"] = tuple(TextContent(**row) for row in given["texts"])
        return given


def _taken(given: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Take some values out of what was given."""
    return {name: given.pop(name) for name in names if name in given}


def _money_in_order(form: forms.Form, cleaned: dict[str, Any], what: str, wrong: Any) -> None:
    """Keep a band in order and in a currency; a currency without a band says nothing."""
    low, high = cleaned.get(f"{what}_min"), cleaned.get(f"{what}_max")
    if low is None and high is None:
        cleaned["currency"] = ""
        return
    if low is not None and high is not None and high < low:
        form.add_error(f"{what}_max", wrong)
    if not cleaned.get("currency"):
        form.add_error("currency", _("Indique la moneda."))


class NeedForm(WishFields, ProjectFields, _ListingForm):
    """What somebody looks for."""

    kinds = NeedKind
    unasked: ClassVar = {
        NeedKind.PRODUCT: {"items", "closes_on", *WISH_NAMES, *PROJECT_NAMES},
        NeedKind.SERVICE: {"items", "closes_on", *WISH_NAMES, *PROJECT_NAMES},
        NeedKind.QUOTE: {*WISH_NAMES, *PROJECT_NAMES},
        NeedKind.TECHNOLOGY: {"items", "closes_on", "delivery_place", *PROJECT_NAMES},
        NeedKind.RESEARCH: {"items", "closes_on", "delivery_place", *WISH_NAMES},
    }

    kind = of_model(Need, "kind", widget=forms.HiddenInput, required=False)
    specification = of_model(
        Need,
        "specification",
        widget=lines(4),
        help_text=_("Medidas, materiales, norma, o la experiencia que hace falta."),
    )
    urgency = of_model(Need, "urgency", widget=forms.RadioSelect)
    deliver_by = a_day(_("Para el día"))
    delivery_place = of_model(Need, "delivery_place")
    decider = a_choice(
        _("Quién decide"), Decider.choices, unset=_("Prefiero no decirlo"), required=False
    )
    items = RowsOfField(ItemRow, extra=3, label=_("Qué hay que cotizar"))
    closes_on = a_day(_("Recibo cotizaciones hasta el"))
    wanted_sizes = boxes(_("Tamaño preferido"), SizeClass.choices)
    required_certificates = RowsField(certificate_standards, label=_("Certificados que exige"))
    budget_min = of_model(Need, "budget_min", min_value=0, localize=True)
    budget_max = of_model(Need, "budget_max", min_value=0, localize=True)
    currency = a_choice(_("Moneda"), [(c, c) for c in CURRENCIES], unset="—", required=False)
    is_budget_shown = forms.BooleanField(
        label=_("Mostrar el presupuesto a los demás"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("¿Qué necesita? En una frase")
        self.fields["reach"].label = _("¿Hasta dónde busca?")

    def clean(self) -> dict[str, Any]:
        """Keep the budget in order and in a currency, levels and days in order."""
        cleaned = super().clean()
        wrong = _("El presupuesto máximo es menor que el mínimo.")
        _money_in_order(self, cleaned, "budget", wrong)
        low, high = cleaned.get("trl_min"), cleaned.get("trl_max")
        if low and high and high < low:
            self.add_error("trl_max", _("El TRL máximo es menor que el mínimo."))
        first, last = cleaned.get("interest_until"), cleaned.get("call_closes_on")
        if first and last and first >= last:
            self.add_error("interest_until", _("Las respuestas deben llegar antes del cierre."))
        return cleaned

    def content(self) -> NeedContent:
        """Return what the service takes."""
        given = self._given()
        items = tuple(ItemContent(**row) for row in given.pop("items", ()))
        wish, project = _taken(given, WISH_NAMES), _taken(given, PROJECT_NAMES)
        return NeedContent(
            **given,
            items=items,
            technology_wish=WishContent(**wish) if wish else None,
            research_project=ProjectContent(**project) if project else None,
        )


class OfferForm(TechnologyFields, _ListingForm):
    """What somebody provides."""

    kinds = OfferKind
    unasked: ClassVar = {
        OfferKind.PRODUCT: {"ipr_records", *TECHNOLOGY_NAMES},
        OfferKind.SERVICE: {"ipr_records", "minimum_order", *TECHNOLOGY_NAMES},
        OfferKind.CAPACITY: {"ipr_records", *TECHNOLOGY_NAMES},
        OfferKind.TECHNOLOGY: {"advantages", "capacity", "lead_time_days", "minimum_order"},
    }

    kind = of_model(Offer, "kind", widget=forms.HiddenInput, required=False)
    advantages = of_model(
        Offer,
        "advantages",
        widget=lines(4),
        help_text=_("Comparada con lo que se usa hoy: más barata, más rápida, más cerca…"),
    )
    price_model = a_choice(
        _("Cómo se cobra"), PriceModel.choices, unset=_("Sin indicar"), required=False
    )
    price_min = of_model(Offer, "price_min", min_value=0, localize=True)
    price_max = of_model(Offer, "price_max", min_value=0, localize=True)
    currency = a_choice(_("Moneda"), [(c, c) for c in CURRENCIES], unset="—", required=False)
    capacity = of_model(Offer, "capacity", help_text=_("Por ejemplo: 20 toneladas al mes."))
    lead_time_days = of_model(Offer, "lead_time_days", min_value=0)
    minimum_order = of_model(Offer, "minimum_order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = _("¿Qué ofrece? En una frase")
        self.fields["reach"].label = _("¿Hasta dónde llega?")

    def clean(self) -> dict[str, Any]:
        """Keep the price in order and in a currency."""
        cleaned = super().clean()
        _money_in_order(self, cleaned, "price", _("El precio máximo es menor que el mínimo."))
        return cleaned

    def content(self) -> OfferContent:
        """Return what the service takes."""
        given = self._given()
        rights = tuple(IprContent(**row) for row in given.pop("ipr_records", ()))
        said = _taken(given, TECHNOLOGY_NAMES)
        technology = TechnologyContent(**said) if said else None
        return OfferContent(**given, technology=technology, ipr_records=rights)


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
        "is_budget_shown": True,
        "currency": CURRENCY_OF.get(organization.country.country_code, "USD"),
    }


def values_of(listing: Need | Offer) -> dict[str, Any]:
    """Return what a form shows of a listing that exists."""
    names = set(NeedForm.base_fields if isinstance(listing, Need) else OfferForm.base_fields)
    shown = {name: getattr(listing, name) for name in names if hasattr(listing, name)}
    for name in {"classifications", "reach_units", "required_certificates"} & shown.keys():
        shown[name] = list(shown[name].all())
    for name in {"items", "ipr_records", "texts"} & shown.keys():
        shown[name] = list(shown[name].all())
    shown["guests"] = "\n".join(f"{row.name} · {row.public_id}" for row in listing.guests.all())
    for part in filter(None, (part_of(listing, name=name) for name in ONE)):
        shown |= {name: getattr(part, name) for name in names if hasattr(part, name)}
    city = city_named(listing.place_name, listing.admin_unit)
    return shown | {"city": city, "region": None if city else listing.admin_unit}

"""The steps of writing a need: each judges what was sent; together they are the need."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.catalog import LISTING_SCHEMES, certificate_standards
from clusters.pickers import ClassificationsField, SearchableForm
from firms.forms.fields import RowsField, a_choice, a_day, lines
from firms.forms.listings import MAX_CLASSIFICATIONS
from firms.models import ListingVisibility, Organization, Reach, Urgency
from firms.models.listings import MAX_REACH_KM
from matching.forms.asking import FLOWS, MAX_SENTENCE, PlaceField
from matching.services.templates import INTERVIEW, PREFIX, asks_of, sectors

SENTENCE, WHAT, WHERE, WHO, REVIEW = "sentence", "what", "where", "who", "review"
STEPS = (SENTENCE, WHAT, WHERE, WHO, REVIEW)
MAX_DETAIL = 400
REACHES: list[tuple[str, Promise]] = [
    (Reach.RADIUS, _("Cerca, hasta cierta distancia")),
    (Reach.NATIONAL, _("En todo el país")),
    (Reach.WORLDWIDE, _("En cualquier país")),
]


class SentenceStep(SearchableForm):
    """What is needed in one sentence, which way the money goes, and what the sector asks."""

    q = forms.CharField(
        label=_("¿Qué necesita? En una frase"), max_length=MAX_SENTENCE, widget=lines(3)
    )
    flow = forms.ChoiceField(
        label=_("¿Hacia dónde va el dinero?"), choices=FLOWS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, sector: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.key, each.label) for each in sectors()]
        if sector == INTERVIEW:
            kinds.append((INTERVIEW, str(_("Entrevista"))))
        self.fields["sector"] = a_choice(
            _("Sector"), kinds, unset=_("Cualquier otro"), required=False
        )
        for ask in asks_of(sector):
            self.fields[ask.name] = forms.CharField(
                label=ask.label, max_length=MAX_DETAIL, required=False
            )

    def details(self) -> str:
        """Return what was answered to the sector's questions, one line each."""
        said = (
            (str(field.label).strip("¿?:"), self.cleaned_data.get(name, ""))
            for name, field in self.fields.items()
            if name.startswith(PREFIX)
        )
        return "\n".join(f"{label}: {text}" for label, text in said if text)


class WhatStep(SearchableForm):
    """What it is about, how many, and which certificates are a condition."""

    classifications = ClassificationsField(
        label=_("De qué se trata"),
        schemes=LISTING_SCHEMES,
        limit=MAX_CLASSIFICATIONS,
        required=False,
    )
    quantity = forms.CharField(label=_("Cuánto"), max_length=80, required=False)
    certificates = RowsField(certificate_standards, label=_("Certificados que exige"))


class WhereStep(SearchableForm):
    """Where, how far, and by when."""

    place = PlaceField(label=_("Lugar"))
    reach = forms.ChoiceField(
        label=_("¿Hasta dónde busca?"), choices=REACHES, widget=forms.RadioSelect
    )
    km = forms.IntegerField(
        label=_("Distancia en km"), required=False, min_value=1, max_value=MAX_REACH_KM
    )
    urgency = forms.ChoiceField(
        label=_("¿Para cuándo?"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    deliver_by = a_day(_("Para el día"))

    def clean(self) -> dict[str, Any]:
        """Ask for what a distance is measured by."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reach") == Reach.RADIUS:
            if not cleaned.get("km") and not self.has_error("km"):
                self.add_error("km", _("Indique entre 1 y 2.000 km."))
            if not cleaned.get("place") and not self.has_error("place"):
                self.add_error("place", _("Diga desde qué lugar se mide la distancia."))
        return cleaned


class WhoStep(SearchableForm):
    """For whom it is published, and who may see it."""

    visibility = forms.ChoiceField(
        label=_("¿Quién puede verla?"),
        choices=[
            (ListingVisibility.PUBLIC, _("Cualquier persona")),
            (ListingVisibility.MEMBERS, _("Personas registradas")),
            (ListingVisibility.CLUSTER, _("Quienes están en mis clústeres")),
        ],
        widget=forms.RadioSelect,
    )
    is_anonymous = forms.BooleanField(
        label=_("No mostrar el nombre de mi organización"), required=False
    )
    open_to_contact = forms.BooleanField(label=_("Acepto que me contacten"), required=False)

    def __init__(self, *args: Any, organizations: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organizations) > 1:
            choices = [(str(each.public_id), each.name) for each in organizations]
            self.fields["organization"] = forms.ChoiceField(
                label=_("¿Para qué organización?"), choices=choices
            )
            self.order_fields(["organization"])


FORMS: dict[str, Callable[..., SearchableForm]] = {
    SENTENCE: SentenceStep,
    WHAT: WhatStep,
    WHERE: WhereStep,
    WHO: WhoStep,
}

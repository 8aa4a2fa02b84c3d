"""The fields that only some kinds of offers and needs have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.models import Language
from firms.forms.fields import a_choice, a_day, boxes, lines, of_model
from firms.forms.rows import RowsOfField, WordsField
from firms.models import (
    Exclusivity,
    IprRecord,
    IprStatus,
    NeedItem,
    OfferText,
    PartnerHelp,
    ResearchProject,
    Technology,
    TechnologyWish,
    TransferMode,
)
from firms.readiness import TRL_NAMES

MAX_WORDS, MAX_DOIS, MAX_RIGHTS, MAX_TEXTS = 5, 10, 10, 2

SDG_NAMES = {
    1: _("Fin de la pobreza"),
    2: _("Hambre cero"),
    3: _("Salud y bienestar"),
    4: _("Educación de calidad"),
    5: _("Igualdad de género"),
    6: _("Agua limpia y saneamiento"),
    7: _("Energía asequible y no contaminante"),
    8: _("Trabajo decente y crecimiento económico"),
    9: _("Industria, innovación e infraestructura"),
    10: _("Reducción de las desigualdades"),
    11: _("Ciudades y comunidades sostenibles"),
    12: _("Producción y consumo responsables"),
    13: _("Acción por el clima"),
    14: _("Vida submarina"),
    15: _("Vida de ecosistemas terrestres"),
    16: _("Paz, justicia e instituciones sólidas"),
    17: _("Alianzas para lograr los objetivos"),
}


def a_level(label: Any) -> forms.TypedChoiceField:
    """Return a list of readiness levels, each with what it means."""
    levels = [(level, f"{level} · {name}") for level, name in TRL_NAMES.items()]
    return forms.TypedChoiceField(
        label=label, required=False, choices=[("", "—"), *levels], coerce=int, empty_value=None
    )


def _long(model: Any, name: str, rows: int = 4, **changes: Any) -> Any:
    return of_model(model, name, widget=lines(rows), **changes)


class ItemRow(forms.Form):
    """One line of what is to be quoted."""

    description = of_model(NeedItem, "description")
    quantity = of_model(NeedItem, "quantity", min_value=0, localize=True)
    unit = of_model(NeedItem, "unit")
    amount = of_model(NeedItem, "amount", min_value=0, localize=True)


class RightRow(forms.Form):
    """A registered right."""

    kind = a_choice(
        _("Tipo de derecho"), [c for c in IprStatus.choices if c[0] != "none"], unset="—"
    )
    office = of_model(IprRecord, "office")
    number = of_model(IprRecord, "number")
    priority_on = a_day(_("Fecha de prioridad"))
    territory = of_model(IprRecord, "territory")
    expires_on = a_day(_("Vence el"))
    owner_share = of_model(IprRecord, "owner_share", min_value=1, max_value=100)

    def clean(self) -> dict[str, Any]:
        """Keep its dates in order."""
        cleaned = self.cleaned_data
        first, last = cleaned.get("priority_on"), cleaned.get("expires_on")
        if first and last and last <= first:
            raise forms.ValidationError(_("El derecho vence antes de su prioridad."))
        return cleaned


class TextRow(forms.Form):
    """What a listing says in another language."""

    language = a_choice(_("Idioma"), Language.choices, unset="—", required=True)
    title = of_model(OfferText, "title")
    summary = of_model(OfferText, "summary", widget=lines(2))
    description = _long(OfferText, "description")
    is_machine_made = forms.BooleanField(label=_("Es traducción automática"), required=False)


class TechnologyFields(forms.Form):
    """What a technology offer says besides; publishing asks for the first six."""

    problem = _long(Technology, "problem", 3)
    how_it_works = _long(Technology, "how_it_works", help_text=_("Nada que sea confidencial."))
    versus_leading = _long(
        Technology,
        "versus_leading",
        3,
        help_text=_("Nombre la alternativa que hoy se usa y diga en qué gana la suya."),
    )
    economic_comparison = _long(
        Technology,
        "economic_comparison",
        3,
        help_text=_("Cuánto cuesta o ahorra frente a ella, aunque sea aproximado."),
    )
    trl = a_level(_("Nivel de madurez (TRL)"))
    trl_evidence = _long(
        Technology,
        "trl_evidence",
        2,
        help_text=_("Qué prueba lo demuestra: ensayo, piloto, informe."),
    )
    trl_on = a_day(_("Fecha de la evidencia"))
    ipr_status = a_choice(_("Protección"), IprStatus.choices, unset=_("Elija una"), required=False)
    ipr_records = RowsOfField(
        RightRow, extra=1, limit=MAX_RIGHTS, label=_("Patentes y otros registros")
    )
    rights_note = _long(Technology, "rights_note", 2)
    exclusivity = a_choice(
        _("Exclusividad"), Exclusivity.choices, unset=_("A convenir"), required=False
    )
    transfer_modes = boxes(_("Cómo se transfiere"), TransferMode.choices)
    partner_help = boxes(_("Qué se espera del socio"), PartnerHelp.choices)
    technology_words = WordsField(most=MAX_WORDS, label=_("Palabras de la tecnología"))
    market_words = WordsField(most=MAX_WORDS, label=_("Palabras del mercado"))
    publications = WordsField(
        most=MAX_DOIS,
        longest=120,
        label=_("Publicaciones (DOI)"),
        help_text=_("Separadas por comas; diez como máximo."),
    )
    needs_nda = of_model(Technology, "needs_nda")


class WishFields(forms.Form):
    """What a request for technology says besides."""

    current_solution = _long(TechnologyWish, "current_solution", 3)
    trl_min = a_level(_("TRL mínimo"))
    trl_max = a_level(_("TRL máximo"))
    transfer_modes = boxes(_("Cómo quiere recibirla"), TransferMode.choices)
    can_pilot = of_model(TechnologyWish, "can_pilot")
    technology_words = WordsField(most=MAX_WORDS, label=_("Palabras de la tecnología"))


class ProjectFields(forms.Form):
    """The project for which partners are sought."""

    program = of_model(ResearchProject, "program")
    call = of_model(ResearchProject, "call")
    call_url = of_model(ResearchProject, "call_url", assume_scheme="https")
    role_wanted = of_model(ResearchProject, "role_wanted")
    coordinator_wanted = of_model(ResearchProject, "coordinator_wanted")
    interest_until = a_day(_("Responder antes del"))
    call_closes_on = a_day(_("Cierre de la convocatoria"))
    duration_weeks = of_model(ResearchProject, "duration_weeks", min_value=1)
    partners_so_far = _long(ResearchProject, "partners_so_far", 3)


TECHNOLOGY_NAMES = tuple(n for n in TechnologyFields.base_fields if n != "ipr_records")
WISH_NAMES = tuple(WishFields.base_fields)
PROJECT_NAMES = tuple(ProjectFields.base_fields)

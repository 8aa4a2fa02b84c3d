"""Who an organization is and what it does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.catalog import ACTIVITY_SCHEMES
from clusters.pickers import ClassificationsField
from common.models import Language
from firms.forms.fields import a_choice, a_day, boxes, lines, of_model
from firms.forms.organizations import MAX_ACTIVITIES
from firms.forms.sections.parts import PartForm, RowForm
from firms.forms.suggested import SuggestedInput, suggest
from firms.lists import legal_form_code, legal_forms, of_country
from firms.models import FieldGroup, Organization, OrganizationKind, SocialLink, SocialNetwork
from firms.services.profile import Table


class IdentityPart(PartForm):
    """Names, kind, legal form and dates; country and number stay as they were registered."""

    table = Table(
        Organization,
        (
            "kind",
            "legal_name",
            "trade_name",
            "acronym",
            "legal_form",
            "founded_on",
            "activity_start_on",
        ),
    )
    groups = {
        "legal_form": FieldGroup.LEGAL_FORM,
        "founded_on": FieldGroup.FOUNDING,
        "activity_start_on": FieldGroup.ACTIVITY_START,
    }
    layout = (
        ("kind", "legal_form"),
        ("legal_name",),
        ("trade_name", "acronym"),
        ("founded_on", "activity_start_on"),
    )

    kind = a_choice(_("Tipo"), OrganizationKind.choices, unset=_("Elija el tipo"))
    legal_form = of_model(
        Organization,
        "legal_form",
        widget=SuggestedInput(),
        help_text=_("Como en la escritura: S.A., SpA, Ltda., S.A.S.…"),
    )
    legal_name = of_model(Organization, "legal_name")
    trade_name = of_model(Organization, "trade_name", help_text=_("El nombre con que la conocen."))
    acronym = of_model(Organization, "acronym")
    founded_on = a_day(_("Fecha de constitución"))
    activity_start_on = a_day(
        _("Inicio de actividades"), help_text=_("La fecha que figura ante la autoridad tributaria.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = self.organization.country.country_code
        if "legal_form" in self.fields:
            suggest(self.fields["legal_form"], of_country(legal_forms(), home))

    def values(self) -> dict[str, Any]:
        """Return the columns, with the code of a legal form that the country's list has."""
        values = super().values()
        if "legal_form" in values:
            home = self.organization.country.country_code
            values["legal_form_code"] = legal_form_code(values["legal_form"], home)
        return values


class AboutPart(PartForm):
    """What it does, in words and in codes."""

    table = Table(Organization, ("one_line", "description", "language", "activities"))

    one_line = of_model(
        Organization,
        "one_line",
        widget=lines(2),
        help_text=_("Como se lo diría a un vecino: “Etiquetas autoadhesivas para botellas”."),
    )
    description = of_model(Organization, "description", widget=lines(5))
    language = of_model(Organization, "language")
    activities = ClassificationsField(
        label=_("Actividades"),
        schemes=ACTIVITY_SCHEMES,
        limit=MAX_ACTIVITIES,
        help_text=_("La primera de la lista es la principal."),
    )


class LanguagesPart(PartForm):
    """Languages in which it works."""

    table = Table(Organization, ("languages",))
    group = FieldGroup.MARKETS
    title = _("Idiomas")

    languages = boxes(_("Idiomas en que trabajan"), Language.choices)


class WebPart(PartForm):
    """Where to find and write to it."""

    table = Table(Organization, ("website", "role_email"))
    groups = {"website": FieldGroup.WEB}

    website = of_model(Organization, "website", assume_scheme="https")
    role_email = of_model(
        Organization,
        "role_email",
        help_text=_("Uno del cargo, no de una persona: ventas@… Se muestra al aceptar contacto."),
    )


class SocialPart(RowForm):
    """Pages on social networks."""

    table = Table(SocialLink, ("network", "url"), many=True, alike=("url",))
    group = FieldGroup.WEB
    title = _("Redes sociales")
    add = _("Agregar otra red")
    layout = (("network", "url"),)

    network = a_choice(_("Red"), SocialNetwork.choices, unset=_("Elija la red"))
    url = of_model(SocialLink, "url", assume_scheme="https")

"""What universities, centers, agencies and associations add."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import isni

from clusters.catalog import ACTIVITY_SCHEMES, territories
from clusters.pickers import ClassificationsField
from firms.forms.fields import RowsField, a_choice, lines, of_model
from firms.forms.sections.parts import PartForm, RowForm
from firms.models import (
    AdministrativeLevel,
    AgencyProfile,
    AssociationProfile,
    FeeType,
    FieldGroup,
    ResearchGroup,
    ResearchProfile,
    TechnicalService,
)
from firms.services.profile import Table

ORCID_SIGNS = 16


class ResearchPart(PartForm):
    """Whom to write to, and what others may use."""

    table = Table(
        ResearchProfile, ("office_name", "office_email", "ip_policy_url", "infrastructure")
    )
    group = FieldGroup.RESEARCH
    groups = {"office_name": FieldGroup.TECH_TRANSFER, "office_email": FieldGroup.TECH_TRANSFER}
    layout = (("office_name", "office_email"), ("ip_policy_url",), ("infrastructure",))

    office_name = of_model(ResearchProfile, "office_name")
    office_email = of_model(
        ResearchProfile,
        "office_email",
        help_text=_("Un buzón de la oficina, no el de una persona."),
    )
    ip_policy_url = of_model(ResearchProfile, "ip_policy_url", assume_scheme="https")
    infrastructure = of_model(ResearchProfile, "infrastructure", widget=lines(4))


class ResearchGroupPart(RowForm):
    """A research group."""

    table = Table(ResearchGroup, ("name", "lines", "lead_orcid"), many=True, alike=("name",))
    group = FieldGroup.RESEARCH
    groups = {"lead_orcid": FieldGroup.RESEARCH_LEADS}
    title = _("Grupos de investigación")
    add = _("Agregar otro grupo")
    layout = (("name", "lead_orcid"), ("lines",))

    name = of_model(ResearchGroup, "name")
    lines = of_model(ResearchGroup, "lines", widget=lines(2))
    lead_orcid = of_model(
        ResearchGroup, "lead_orcid", help_text=_("Por ejemplo 0000-0002-1825-0097.")
    )

    def clean_lead_orcid(self) -> str:
        """Check the digit of an ORCID, and write it as ORCID does."""
        signs = isni.compact(str(self.cleaned_data["lead_orcid"]))
        if signs and not isni.is_valid(signs):
            raise ValidationError(_("Este ORCID no es válido: revise los dígitos."))
        return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


class TechnicalServicePart(RowForm):
    """A service to third parties."""

    table = Table(TechnicalService, ("name", "fee_type"), many=True, alike=("name",))
    group = FieldGroup.RESEARCH
    title = _("Servicios técnicos")
    add = _("Agregar otro servicio")
    layout = (("name", "fee_type"),)

    name = of_model(TechnicalService, "name")
    fee_type = a_choice(_("Costo"), FeeType.choices, unset=_("No lo decimos"), required=False)


class AgencyPart(PartForm):
    """Level, legal basis and territory of an agency."""

    table = Table(AgencyProfile, ("level", "legal_act", "units"))
    group = FieldGroup.AGENCY
    layout = (("level", "legal_act"), ("units",))

    level = a_choice(
        _("Nivel de gobierno"),
        AdministrativeLevel.choices,
        unset=_("Elija el nivel"),
        required=False,
    )
    legal_act = of_model(AgencyProfile, "legal_act")
    units = RowsField(territories, label=_("Territorio de su competencia"))


class AssociationPart(PartForm):
    """Whom an association stands for."""

    table = Table(AssociationProfile, ("member_count", "sectors", "units"))
    group = FieldGroup.ASSOCIATION

    member_count = of_model(AssociationProfile, "member_count", min_value=0)
    sectors = ClassificationsField(
        label=_("Sectores que representa"), schemes=ACTIVITY_SCHEMES, required=False
    )
    units = RowsField(territories, label=_("Territorio que representa"))

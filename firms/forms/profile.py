"""The whole profile of an organization on one page: facts, sites, certificates."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clusters.catalog import certificate_standards
from clusters.pickers import LOOK, CityField, SearchableForm, look_near
from firms.forms.fields import RowField, a_day, lines, of_model
from firms.forms.organizations import IdentityForm
from firms.models import Certificate, Organization, Site
from firms.services.organizations import CertificateContent, OrganizationContent, SiteContent

MAX_ROWS = 12
ANSWERS = {True: "yes", False: "no", None: ""}


class ProfileForm(IdentityForm):
    """The whole profile; country and number stay as they were registered."""

    acronym = of_model(Organization, "acronym")
    description = of_model(Organization, "description", widget=lines(5))
    language = of_model(Organization, "language")
    founded_on = a_day(_("Fecha de constitución"))
    activity_start_on = a_day(
        _("Inicio de actividades"), help_text=_("La fecha que figura ante la autoridad tributaria.")
    )
    website = of_model(Organization, "website", assume_scheme="https")
    role_email = of_model(
        Organization,
        "role_email",
        help_text=_("Uno del cargo, no de una persona: ventas@… Se muestra al aceptar contacto."),
    )
    visibility = of_model(Organization, "visibility")


class SiteForm(SearchableForm):
    """One place of work."""

    city = CityField(label=_("Ciudad"))
    kind = of_model(Site, "kind")
    name = of_model(Site, "name")
    address = of_model(Site, "address")

    def content(self) -> SiteContent:
        """Return what the service takes."""
        given = self.cleaned_data
        return SiteContent(
            city=given["city"], kind=given["kind"], name=given["name"], address=given["address"]
        )


class CertificateForm(SearchableForm):
    """One certificate."""

    standard = RowField(certificate_standards, label=_("Norma"), empty_label=_("Elija la norma"))
    number = of_model(Certificate, "number")
    body = of_model(Certificate, "body")
    scope = of_model(Certificate, "scope")
    valid_from = a_day(_("Vigente desde"))
    valid_until = a_day(_("Vigente hasta"))

    def clean(self) -> dict[str, Any]:
        """Keep the dates in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("La vigencia termina antes de empezar."))
        return cleaned

    def content(self) -> CertificateContent:
        """Return what the service takes."""
        names = ("standard", "number", "body", "scope", "valid_from", "valid_until")
        return CertificateContent(**{name: self.cleaned_data[name] for name in names})


if TYPE_CHECKING:  # the class takes a parameter in the type stubs only
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet


class _SiteSet(_FormSet):
    """Sites, one of them at least."""

    def clean(self) -> None:
        """Refuse an organization that is nowhere."""
        if LOOK not in self.data and not _kept(self):
            raise ValidationError(_("Deje al menos una sede, para saber dónde está."))


class _CertificateSet(_FormSet):
    """Certificates, none of them twice."""

    def clean(self) -> None:
        """Refuse the same standard with the same number."""
        rows = [form.cleaned_data for form in _kept(self)]
        seen = [(row.get("standard"), row.get("number")) for row in rows if row.get("standard")]
        if len(seen) != len(set(seen)):
            raise ValidationError(_("Hay un certificado repetido: deje uno."))


_Sites = forms.formset_factory(
    SiteForm,
    formset=_SiteSet,
    extra=1,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS + 1,
    validate_max=True,
    can_delete=True,
    can_delete_extra=False,
)
_Certificates = forms.formset_factory(
    CertificateForm,
    formset=_CertificateSet,
    extra=1,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS + 1,
    validate_max=True,
    can_delete=True,
    can_delete_extra=False,
)


def _kept(formset: Any) -> list[Any]:
    """Return the forms that somebody filled in and did not strike out."""
    return [
        form
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]


class Profile:
    """The three parts of the page, judged and saved together."""

    def __init__(self, organization: Organization, data: QueryDict | None) -> None:
        self.organization = organization
        self.form = ProfileForm(data, initial=_values(organization))
        self.sites = _Sites(data, prefix="sites", initial=_rows(organization.sites, SiteForm))
        for site in self.sites.forms:
            look_near(site, organization.country.country_code)
        certificates = _rows(organization.certificates, CertificateForm)
        self.certificates = _Certificates(data, prefix="certificates", initial=certificates)

    @property
    def is_bound(self) -> bool:
        """Say whether it was sent."""
        return self.form.is_bound

    @property
    def is_looking(self) -> bool:
        """Say whether a picker's search was pressed."""
        return self.form.is_looking

    def is_valid(self) -> bool:
        """Judge the three parts, each of them in any case, so that no error hides another."""
        judged = [part.is_valid() for part in (self.form, self.sites, self.certificates)]
        return all(judged)

    def content(self) -> OrganizationContent:
        """Return what the service takes."""
        return OrganizationContent(
            **self.form.cleaned_data,
            country=self.organization.country,
            sites=[form.content() for form in _kept(self.sites)],
            certificates=[form.content() for form in _kept(self.certificates)],
        )


def _values(organization: Organization) -> dict[str, Any]:
    shown = {name: getattr(organization, name) for name in ProfileForm.base_fields}
    records = organization.activity_records.select_related("classification")
    activities = [record.classification for record in records]
    return shown | {"activities": activities, "women_led": ANSWERS[organization.women_led]}


def _rows(related: Any, form: type[forms.Form]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in form.base_fields} for row in related.all()]

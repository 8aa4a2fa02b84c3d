"""What an organization can do and prove."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.catalog import certificate_standards
from common.files import CheckedFile, FileRefused, check_file
from firms.forms.claims import FILE_REFUSED
from firms.forms.fields import RowField, a_choice, a_day, of_model
from firms.forms.sections.parts import RowForm
from firms.forms.suggested import SuggestedInput, suggest
from firms.lists import meant, of_country, registers
from firms.models import (
    AccessTerms,
    Capability,
    Certificate,
    Equipment,
    FieldGroup,
    Registration,
)
from firms.services.profile import Table

EVIDENCE = "firms:certificate-evidence"


class CapabilityPart(RowForm):
    """Something it knows how to do."""

    table = Table(Capability, ("name",), many=True, alike=("name",))
    group = FieldGroup.CAPABILITIES
    title = _("Capacidades")
    add = _("Agregar otra capacidad")

    name = of_model(
        Capability, "name", label=_("Lo que sabe hacer"), help_text=_("Por ejemplo: corte láser.")
    )


class EquipmentPart(RowForm):
    """A machine or instrument."""

    table = Table(
        Equipment,
        ("name", "maker", "capacity", "unit", "units", "access_terms"),
        many=True,
        alike=("name", "maker"),
    )
    group = FieldGroup.CAPABILITIES
    title = _("Equipos")
    add = _("Agregar otro equipo")
    layout = (("name", "maker"), ("capacity", "unit"), ("units", "access_terms"))

    name = of_model(Equipment, "name")
    maker = of_model(Equipment, "maker")
    capacity = of_model(Equipment, "capacity", min_value=0, localize=True)
    unit = of_model(Equipment, "unit", help_text=_("kg/h, piezas por turno, mm…"))
    units = of_model(Equipment, "units", min_value=1, initial=1)
    access_terms = a_choice(
        _("Condiciones de uso"), AccessTerms.choices, unset=_("No lo decimos"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the unit of a capacity."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("capacity") is not None and not cleaned.get("unit"):
            self.add_error("unit", _("Diga en qué unidad se mide la capacidad."))
        return cleaned


@dataclass(frozen=True)
class KeptFile:
    """A file that was sent before, as its field shows it."""

    url: str

    def __str__(self) -> str:
        return str(_("Descargar el documento"))


class EvidenceInput(forms.ClearableFileInput):
    """Shows the file that is kept, takes another, or takes it away."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Say in the platform's words what the box beside the kept file does."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["clear_checkbox_label"] = _("Quitar")
        return context


class CertificatePart(RowForm):
    """A certificate and its validity."""

    table = Table(
        Certificate,
        ("standard", "number", "body", "scope", "valid_from", "valid_until"),
        many=True,
        alike=("standard", "number"),
    )
    group = FieldGroup.CERTIFICATES
    groups: ClassVar = {"evidence": FieldGroup.EVIDENCE}
    title = _("Certificados")
    add = _("Agregar otro certificado")
    layout = (("standard", "number"), ("body", "scope"), ("valid_from", "valid_until"))

    standard = RowField(certificate_standards, label=_("Norma"), empty_label=_("Elija la norma"))
    number = of_model(Certificate, "number")
    body = of_model(Certificate, "body")
    scope = of_model(Certificate, "scope")
    valid_from = a_day(_("Vigente desde"))
    valid_until = a_day(_("Vigente hasta"))
    evidence = forms.FileField(
        label=_("Documento"),
        required=False,
        help_text=FILE_REFUSED["kind"],
        widget=EvidenceInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.safe: CheckedFile | None = None
        name = self.initial.pop("evidence", "")
        if name:
            own = self.organization.public_id
            self.initial["evidence"] = KeptFile(reverse(EVIDENCE, args=[own, name]))

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what the form shows of a certificate, and the name of its file."""
        return super().initial_of(row) | {"evidence": row.evidence_name}

    def clean_evidence(self) -> Any:
        """Check what the file is by its content; keep what may be kept of it."""
        sent = self.cleaned_data["evidence"]
        if isinstance(sent, UploadedFile) and sent.file:
            try:
                self.safe = check_file(sent.file, name=sent.name or "")
            except FileRefused as error:
                raise forms.ValidationError(FILE_REFUSED[error.reason]) from error
        return sent

    def clean(self) -> dict[str, Any]:
        """Keep the dates in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("La vigencia termina antes de empezar."))
        return cleaned


class RegistrationPart(RowForm):
    """An entry in a register."""

    table = Table(
        Registration,
        ("registry", "number", "valid_until"),
        many=True,
        alike=("registry", "number"),
    )
    group = FieldGroup.REGISTRATIONS
    title = _("Inscripciones en registros")
    add = _("Agregar otra inscripción")
    layout = (("registry",), ("number", "valid_until"))

    registry = of_model(
        Registration,
        "registry",
        widget=SuggestedInput(),
        help_text=_("RENIECYT, RUMP, PYME-MEIC, ChileProveedores, RUES, SICAF…"),
    )
    number = of_model(Registration, "number")
    valid_until = a_day(_("Vigente hasta"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = self.organization.country.country_code
        if "registry" in self.fields:
            suggest(self.fields["registry"], of_country(registers(), home), by_code=True)

    def clean_registry(self) -> str:
        """Write a register's sign alike, so that programs find it."""
        text = " ".join(str(self.cleaned_data["registry"]).split())
        found = meant(registers(), text, self.organization.country.country_code)
        return found.code if found else text

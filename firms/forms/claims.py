"""What a claimant, a voucher and a reader of codes type."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from common.files import CheckedFile, FileRefused, check_file
from firms.forms.fields import lines
from firms.models import ClaimMethod, ClaimPurpose
from firms.services.claims.claiming import ClaimContent
from firms.services.claims.proofs import Proofs

AT_REGISTER, AT_DOMAIN = "role", "domain"
NEEDED = {AT_DOMAIN: "mailbox", "vouching": "voucher", "document": "document"}
FILE_REFUSED = {
    "empty": _("El archivo está vacío."),
    "large": _("El archivo pesa más de 10 MB o la imagen es enorme. Mande uno más pequeño."),
    "kind": _("Mande un PDF o una foto JPG o PNG."),
    "mismatch": _(
        "El contenido no es lo que dice el nombre del archivo. Ábralo y guárdelo de nuevo."
    ),
    "broken": _("No pudimos leer la imagen. Sáquela de nuevo o mándela como PDF."),
}


class ClaimForm(forms.Form):
    """One proof and what it needs; only the proofs that are open to this person are choices."""

    purpose = forms.ChoiceField(choices=ClaimPurpose.choices, widget=forms.HiddenInput)
    proof = forms.ChoiceField(
        label=_("Cómo lo demuestra"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija cómo lo demuestra.")},
    )
    mailbox = forms.CharField(
        label=_("Su correo en la organización, antes de la arroba"),
        max_length=64,
        error_messages={"required": _("Escriba lo que va antes de la arroba.")},
    )
    voucher = forms.ChoiceField(
        label=_("Quién le conoce"),
        error_messages={"required": _("Elija quién puede confirmarlo.")},
    )
    document = forms.FileField(
        label=_("Documento"),
        error_messages={"required": _("Adjunte el documento.")},
        help_text=_("PDF, JPG o PNG de hasta 10 MB. Lo ve solo el equipo que revisa."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    message = forms.CharField(
        label=_("Algo que debamos saber"), max_length=600, required=False, widget=lines(3)
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, proofs: Proofs, purpose: ClaimPurpose
    ) -> None:
        super().__init__(data, files, initial={"purpose": purpose})
        self.proofs = proofs
        self.safe: CheckedFile | None = None
        self._choices("proof", dict(open_proofs(proofs)))
        vouchers = {str(row.public_id): row.name for row in proofs.vouchers}
        self._choices("voucher", {"": _("Elija una entidad"), **vouchers})
        chosen = self.data.get("proof") if self.is_bound else None
        for proof, name in NEEDED.items():
            self.fields[name].required = chosen in (None, proof)

    def _choices(self, name: str, choices: Mapping[str, Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices.items())

    def clean_document(self) -> "UploadedFile[Any] | None":
        """Check what the file is by its content; keep what may be kept of it."""
        sent: UploadedFile[Any] | None = self.cleaned_data["document"]
        is_chosen = self.data.get("proof") == ClaimMethod.DOCUMENT
        if is_chosen and sent and sent.file:
            try:
                self.safe = check_file(sent.file, name=sent.name or "")
            except FileRefused as error:
                raise forms.ValidationError(FILE_REFUSED[error.reason]) from error
        return sent

    def clean(self) -> dict[str, Any]:
        """Check that what stands before the at sign can stand there."""
        given = super().clean() or self.cleaned_data
        if given.get("proof") == AT_DOMAIN and given.get("mailbox"):
            self._check_mailbox(given["mailbox"])
        return given

    def _check_mailbox(self, mailbox: str) -> None:
        name = mailbox.strip().removesuffix(f"@{self.proofs.domain}")
        try:
            EmailValidator()(f"{name}@{self.proofs.domain}")
        except forms.ValidationError:
            self.add_error("mailbox", _("Escriba solo lo que va antes de la arroba."))
        self.cleaned_data["mailbox"] = name

    def content(self) -> ClaimContent:
        """Return what was typed as the service takes it."""
        given = self.cleaned_data
        proof = given["proof"]
        emails = {
            AT_REGISTER: self.proofs.role_email,
            AT_DOMAIN: f"{given['mailbox']}@{self.proofs.domain}",
        }
        chosen = (row for row in self.proofs.vouchers if str(row.public_id) == given["voucher"])
        return ClaimContent(
            method=ClaimMethod.CODE if proof in emails else ClaimMethod(proof),
            purpose=ClaimPurpose(given["purpose"]),
            message=given["message"],
            email=emails.get(proof, ""),
            voucher=next(chosen, None) if proof == ClaimMethod.VOUCHING else None,
            document=self.safe if proof == ClaimMethod.DOCUMENT else None,
        )


def open_proofs(proofs: Proofs) -> list[tuple[str, Any]]:
    """Return the proofs that a person can bring, the quickest first."""
    possible = [
        (bool(proofs.role_email), AT_REGISTER, _("Un código al correo registrado")),
        (proofs.by_university, ClaimMethod.UNIVERSITY, _("Mi correo de la universidad")),
        (bool(proofs.domain), AT_DOMAIN, _("Un código a mi correo en la organización")),
        (bool(proofs.vouchers), ClaimMethod.VOUCHING, _("Una entidad que nos conoce")),
        (proofs.documents, ClaimMethod.DOCUMENT, _("Un documento")),
    ]
    return [(str(value), label) for is_open, value, label in possible if is_open]


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Código de seis cifras"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"invalid": _("Son seis cifras, como están en el correo.")},
    )

    def digits(self) -> str:
        """Return the digits alone."""
        return "".join(self.cleaned_data["code"].split())


class VouchForm(forms.Form):
    """Whether the body knows the claimant to speak for the organization."""

    answer = forms.ChoiceField(
        label=_("¿Le consta?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Sí: esta persona representa a la organización")),
            ("no", _("No me consta")),
        ],
    )

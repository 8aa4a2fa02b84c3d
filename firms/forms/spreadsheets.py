"""Bringing in a spreadsheet, how it is written, and what its columns are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.catalog import countries
from clusters.models import Cluster
from firms.models import Organization, Spreadsheet
from firms.policies import managed_clusters
from firms.policies.spreadsheets import administered_organizations, manager_of
from firms.services.spreadsheets.starting import MAX_BYTES

NOBODY = "racimo"
MAX_PASTED = 1_000_000
_CODECS = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16": _("Unicode (UTF-16)"),
    "cp1252": _("Windows (1252)"),
    "latin-1": _("Latín 1"),
    "cp850": _("DOS (850)"),
    "mac_roman": _("Mac antiguo"),
}
_SEPARATORS = {
    ",": _("Coma ,"),
    ";": _("Punto y coma ;"),
    "\t": _("Tabulador"),
    "|": _("Barra |"),
}


class UploadForm(forms.Form):
    """A file or pasted cells, and for whom."""

    to = forms.ChoiceField(label=_("Para quién"))
    file = forms.FileField(
        label=_("Archivo"),
        required=False,
        help_text=_("CSV o XLSX, hasta 10 MB y 50.000 filas."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm"}),
    )
    text = forms.CharField(
        label=_("O pegue las celdas"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Cópielas de su planilla, con los nombres de las columnas."),
    )

    def __init__(self, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets: dict[str, tuple[Organization | None, Cluster | None]] = {}
        choices = []
        for cluster in managed_clusters(actor).defer("territory").order_by("slug"):
            key = f"cluster-{cluster.slug}"
            self.targets[key] = (manager_of(cluster), cluster)
            choices.append((key, _now("%(cluster)s: miembros propuestos") % {"cluster": cluster}))
        for organization in administered_organizations(actor).select_related("country"):
            key = str(organization.public_id)
            self.targets[key] = (organization, None)
            choices.append((key, organization.name))
        if actor.is_staff:
            self.targets[NOBODY] = (None, None)
            choices.append((NOBODY, _now("El registro, en nombre de nadie")))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_file(self) -> Any:
        """Refuse at once what is too large to be read."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(_("El archivo pesa más de 10 MB. Divídalo en varios."))
        return file

    def clean_text(self) -> str:
        """Refuse what is better sent as a file."""
        text: str = self.cleaned_data["text"]
        if len(text) > MAX_PASTED:
            raise ValidationError(_("Es demasiado para pegarlo. Guárdelo como archivo y súbalo."))
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of file and text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            raise ValidationError(_("Elija un archivo o pegue las celdas."))
        return cleaned


class DialectForm(forms.Form):
    """How the file is written, as it was found out, to correct."""

    encoding = forms.ChoiceField(label=_("Codificación"), choices=list(_CODECS.items()))
    delimiter = forms.ChoiceField(label=_("Separador"), choices=list(_SEPARATORS.items()))
    sheet = forms.ChoiceField(label=_("Hoja"))
    header_row = forms.IntegerField(
        label=_("Fila con los nombres de las columnas"), min_value=0, max_value=20,
        help_text=_("0 si no hay."),
    )  # fmt: skip

    def __init__(self, sheet: Spreadsheet, data: Any = None) -> None:
        super().__init__(data, initial=sheet.dialect)
        unused = ("encoding", "delimiter")
        if sheet.dialect.get("format") != "xlsx":
            unused = ("sheet",)  # type: ignore[assignment]  # one or two names
        else:
            names = [(name, name) for name in sheet.dialect.get("sheets", [])]
            self.fields["sheet"].choices = names  # type: ignore[attr-defined]  # a choice field
        for name in unused:
            del self.fields[name]


class ColumnsForm(forms.Form):
    """What each column is, and how its numbers and dates are to be read."""

    country = forms.ChoiceField(label=_("País de las filas que no lo dicen"), required=False)
    decimal = forms.ChoiceField(
        label=_("Decimales"), choices=[(".", _("Punto: 33.45")), (",", _("Coma: 33,45"))]
    )
    dates = forms.ChoiceField(
        label=_("Fechas"),
        choices=[("dmy", _("Día/mes/año")), ("mdy", _("Mes/día/año"))],
    )

    def __init__(self, sheet: Spreadsheet, words: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, initial=sheet.dialect)
        rows = [(row.country_code, row.label) for row in countries()]
        self.fields["country"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _now("Ninguno: lo dice una columna")),
            *rows,
        ]
        self.width = len(sheet.header)
        by_column = {index: name for name, index in sheet.mapping.items()}
        choices = [("", _now("No la usamos")), *words.items()]
        for index, name in enumerate(sheet.header):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=name or _now("Columna %(number)s") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=by_column.get(index, ""),
            )

    def columns(self, sample: Sequence[Sequence[str]]) -> list[tuple[Any, list[str]]]:
        """Return the field of each column with a few of its cells."""
        return [
            (self[f"column-{index}"], _shown([row[index] for row in sample if index < len(row)]))
            for index in range(self.width)
        ]

    def mapping(self) -> dict[str, int]:
        """Return the column of each field."""
        found = {self.cleaned_data.get(f"column-{at}", ""): at for at in range(self.width)}
        return {name: index for name, index in found.items() if name}

    def clean(self) -> dict[str, Any]:
        """Ask for a name, a country, and each field at most once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [cleaned.get(f"column-{at}") for at in range(self.width)]
        for at, name in enumerate(chosen):
            if name and name in chosen[:at]:
                self.add_error(f"column-{at}", _("Ya eligió otra columna para esto."))
        if "legal_name" not in chosen and "trade_name" not in chosen:
            raise ValidationError(_("Diga qué columna tiene la razón social o el nombre."))
        if "country" not in chosen and not cleaned.get("country"):
            self.add_error("country", _("Elija el país, o diga qué columna lo tiene."))
        return cleaned


def _shown(cells: Sequence[str]) -> list[str]:
    return [cell[:60] for cell in dict.fromkeys(cells) if cell.strip()][:3]

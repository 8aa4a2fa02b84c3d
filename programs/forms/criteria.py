"""One small form for each kind of condition that an agency may add."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Classification
from common.models import Language
from firms.models import OrganizationKind, SizeClass
from programs.catalog import main_activities, no_places, places_of_country, standards
from programs.eligibility.evaluate import check
from programs.eligibility.reading import InvalidParametersError
from programs.models import CriterionKind
from programs.services.editing import CriterionContent

# Only type checkers see what the field is of: it cannot be subscripted when it runs.
if TYPE_CHECKING:
    _Choices = forms.ModelMultipleChoiceField[Any]
else:
    _Choices = forms.ModelMultipleChoiceField

UNITS = (("Y", _("años")), ("M", _("meses")), ("D", _("días")))


def _ticks(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=999, required=False)


class CriterionForm(forms.Form):
    """What every condition has: the agency's words and whether it excludes."""

    kind: CriterionKind

    text = forms.CharField(
        label=_("En palabras de la agencia"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Como lo dicen las bases. Si lo deja vacío, mostramos una frase nuestra."),
    )
    clause = forms.CharField(label=_("Artículo o página"), max_length=160, required=False)
    language = forms.ChoiceField(label=_("Idioma del texto"), choices=Language.choices)
    negated = forms.BooleanField(label=_("Al revés: excluye a quien lo cumple"), required=False)

    def __init__(self, *args: Any, country: AdminUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        own = [name for name in self.fields if name not in CriterionForm.base_fields]
        self.order_fields([*own, "text", "clause", "language", "negated"])

    def parameters(self) -> dict[str, Any]:
        """Return the values that the kind stores; none unless a kind says so."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Check the values against the schema of the kind."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.kind == CriterionKind.DECLARED or self.errors:
            return given
        try:
            check(self.kind, self.parameters())
        except InvalidParametersError as error:
            raise forms.ValidationError(_("Complete los valores de la condición.")) from error
        return given

    def content(self) -> CriterionContent:
        """Return what the service takes."""
        given = self.cleaned_data
        return CriterionContent(
            kind=self.kind,
            parameters=self.parameters(),
            text=given["text"],
            clause=given["clause"],
            negated=given["negated"],
            language=given["language"],
        )


class ApplicantKindForm(CriterionForm):
    """Kinds of organization that may apply."""

    kind = CriterionKind.APPLICANT_KIND
    kinds = _ticks(_("Pueden postular"), OrganizationKind.choices)

    def parameters(self) -> dict[str, Any]:
        """Return the kinds."""
        return {"kinds": self.cleaned_data["kinds"]}


class SizeClassForm(CriterionForm):
    """Sizes that may apply."""

    kind = CriterionKind.SIZE_CLASS
    sizes = _ticks(_("Tamaños"), SizeClass.choices)

    def parameters(self) -> dict[str, Any]:
        """Return the sizes."""
        return {"sizes": self.cleaned_data["sizes"]}


class _NamedRows(_Choices):
    """Rows chosen by their code, asked for anew by each form."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(queryset=None, to_field_name="code", **kwargs)
        self.rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "_NamedRows":
        copy: _NamedRows = super().__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy

    def label_from_instance(self, obj: Any) -> str:
        """Name a row; activities go with their code, which officers know."""
        return f"{obj.code} · {obj.label}" if isinstance(obj, Classification) else str(obj.label)


class TerritoryForm(CriterionForm):
    """Divisions of the agency's country."""

    kind = CriterionKind.TERRITORY
    units = _NamedRows(no_places, label=_("Lugares"), widget=forms.CheckboxSelectMultiple)
    where = forms.ChoiceField(
        label=_("Qué debe estar ahí"),
        choices=(("any_site", _("Alguna sede")), ("headquarters", _("La sede principal"))),
        widget=forms.RadioSelect,
        initial="any_site",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["units"]
        if self.country and isinstance(units, forms.ModelMultipleChoiceField):
            units.queryset = places_of_country(self.country).select_related("parent")

    def parameters(self) -> dict[str, Any]:
        """Return paths of divisions and which places count."""
        units = self.cleaned_data["units"]
        paths = [f"{u.parent.code}/{u.code}" if u.parent else u.code for u in units]
        return {"units": paths, "where": self.cleaned_data["where"]}


class ActivityForm(CriterionForm):
    """Branches of activity."""

    kind = CriterionKind.ACTIVITY
    activities = _NamedRows(
        main_activities,
        label=_("Actividades"),
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    which = forms.ChoiceField(
        label=_("Cuál cuenta"),
        choices=(("any", _("Cualquiera de las suyas")), ("main", _("Solo la principal"))),
        widget=forms.RadioSelect,
        initial="any",
    )
    min_count = _count(_("Desde hace al menos"))
    min_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)

    def parameters(self) -> dict[str, Any]:
        """Return paths of branches, which activity counts and since when."""
        given = self.cleaned_data
        values = {"activities": [row.path for row in given["activities"]], "which": given["which"]}
        return values | _span(given, "min", "min_age")


class YearsSinceStartForm(CriterionForm):
    """Time since the start of activities or the constitution."""

    kind = CriterionKind.YEARS_SINCE_START
    clock = forms.ChoiceField(
        label=_("Desde"),
        choices=(("started", _("Inicio de actividades")), ("founded", _("Constitución"))),
        widget=forms.RadioSelect,
        initial="started",
    )
    min_count = _count(_("Al menos"))
    min_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)
    max_count = _count(_("Como máximo"))
    max_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)

    def parameters(self) -> dict[str, Any]:
        """Return the clock and the spans that were given."""
        given = self.cleaned_data
        return {"clock": given["clock"]} | _span(given, "min", "min") | _span(given, "max", "max")


def _span(given: dict[str, Any], prefix: str, name: str) -> dict[str, str]:
    count, unit = given.get(f"{prefix}_count"), given.get(f"{prefix}_unit", "Y")
    return {name: f"P{count}{unit}"} if count else {}


class WomenLedForm(CriterionForm):
    """Led by women."""

    kind = CriterionKind.WOMEN_LED


class CertificateHeldForm(CriterionForm):
    """One of some certificates, in force."""

    kind = CriterionKind.CERTIFICATE_HELD
    standards = _NamedRows(
        standards,
        label=_("Uno de estos certificados, vigente"),
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )

    def parameters(self) -> dict[str, Any]:
        """Return the codes."""
        return {"standards": [row.code for row in self.cleaned_data["standards"]]}


class DeclaredForm(CriterionForm):
    """Anything else: the organization says whether it meets it."""

    kind = CriterionKind.DECLARED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].help_text = _("La organización responderá sí o no.")


FORMS: dict[str, type[CriterionForm]] = {
    form.kind.value: form
    for form in (
        ApplicantKindForm,
        TerritoryForm,
        SizeClassForm,
        ActivityForm,
        YearsSinceStartForm,
        WomenLedForm,
        CertificateHeldForm,
        DeclaredForm,
    )
}

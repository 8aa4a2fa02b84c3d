"""One small form for each kind of condition that an agency may add."""

from collections.abc import Callable
from decimal import Decimal
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
from programs.eligibility.terms import Check, Effect, Scope, Terms
from programs.models import CriterionCheck, CriterionEffect, CriterionKind, CriterionScope
from programs.services.editing import CriterionContent

# Only type checkers see what the field is of: it cannot be subscripted when it runs.
if TYPE_CHECKING:
    _Choices = forms.ModelMultipleChoiceField[Any]
else:
    _Choices = forms.ModelMultipleChoiceField

OPTIONS = ("scope", "checked_at", "effect", "amount", "line")
MEASURED = (CriterionEffect.RATE, CriterionEffect.CAP, CriterionEffect.SCORE)
UNITS = (("Y", _("años")), ("M", _("meses")), ("D", _("días")))


def ticks(label: Any, choices: Any) -> forms.MultipleChoiceField:
    """Return a field of boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def count(label: Any) -> forms.IntegerField:
    """Return a field for the count of a span."""
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
    scope = forms.ChoiceField(
        label=_("De quién"), choices=CriterionScope.choices, initial=CriterionScope.APPLICANT
    )
    checked_at = forms.ChoiceField(
        label=_("Cuándo se revisa"), choices=CriterionCheck.choices, initial=CriterionCheck.APPLY
    )
    effect = forms.ChoiceField(
        label=_("Qué hace"), choices=CriterionEffect.choices, initial=CriterionEffect.GATE
    )
    amount = forms.DecimalField(
        label=_("Cuánto cambia"),
        min_value=0,
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=_("Puntos porcentuales, dinero o puntaje, si no es requisito."),
    )
    line = forms.CharField(label=_("A qué línea lleva"), max_length=80, required=False)

    def __init__(
        self,
        *args: Any,
        kind: CriterionKind | None = None,
        country: AdminUnit | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind or self.kind
        self.country = country
        for name in OPTIONS:
            self.fields[name].required = False
        own = [name for name in self.fields if name not in CriterionForm.base_fields]
        self.order_fields([*own, "text", "clause", "language", "negated", *OPTIONS])

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that every condition needs."""
        return [bound for bound in self if bound.name not in OPTIONS]

    @property
    def options(self) -> list[forms.BoundField]:
        """The fields that most conditions leave as they are."""
        return [self[name] for name in OPTIONS]

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
        self._check_effect(given)
        return given

    def _check_effect(self, given: dict[str, Any]) -> None:
        effect = given.get("effect") or CriterionEffect.GATE
        if effect == CriterionEffect.ROUTE and not given.get("line"):
            self.add_error("line", _("Escriba a qué línea lleva la condición."))
        elif effect in MEASURED and not given.get("amount"):
            self.add_error("amount", _("Escriba cuánto cambia la condición."))

    def content(self) -> CriterionContent:
        """Return what the service takes."""
        given = self.cleaned_data
        return CriterionContent(
            kind=self.kind,
            parameters=self.parameters(),
            text=given["text"],
            clause=given["clause"],
            language=given["language"],
            terms=Terms(
                given["negated"],
                Scope(given["scope"] or Scope.APPLICANT),
                Check(given["checked_at"] or Check.APPLY),
                Effect(given["effect"] or Effect.GATE),
                given["amount"] or Decimal(0),
                given["line"],
            ),
        )


class ApplicantKindForm(CriterionForm):
    """Kinds of organization that may apply."""

    kind = CriterionKind.APPLICANT_KIND
    kinds = ticks(_("Pueden postular"), OrganizationKind.choices)

    def parameters(self) -> dict[str, Any]:
        """Return the kinds."""
        return {"kinds": self.cleaned_data["kinds"]}


class SizeClassForm(CriterionForm):
    """Sizes that may apply."""

    kind = CriterionKind.SIZE_CLASS
    sizes = ticks(_("Tamaños"), SizeClass.choices)

    def parameters(self) -> dict[str, Any]:
        """Return the sizes."""
        return {"sizes": self.cleaned_data["sizes"]}


class NamedRows(_Choices):
    """Rows chosen by their code, asked for anew by each form."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(queryset=None, to_field_name="code", **kwargs)
        self.rows = rows

    def __deepcopy__(self, memo: dict[int, Any]) -> "NamedRows":
        copy: NamedRows = super().__deepcopy__(memo)
        copy.queryset = self.rows()
        return copy

    def label_from_instance(self, obj: Any) -> str:
        """Name a row; activities go with their code, which officers know."""
        return f"{obj.code} · {obj.label}" if isinstance(obj, Classification) else str(obj.label)


class TerritoryForm(CriterionForm):
    """Divisions of the agency's country."""

    kind = CriterionKind.TERRITORY
    units = NamedRows(no_places, label=_("Lugares"), widget=forms.CheckboxSelectMultiple)
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
    activities = NamedRows(
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
    min_count = count(_("Desde hace al menos"))
    min_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)

    def parameters(self) -> dict[str, Any]:
        """Return paths of branches, which activity counts and since when."""
        given = self.cleaned_data
        values = {"activities": [row.path for row in given["activities"]], "which": given["which"]}
        return values | span_of(given, "min", "min_age")


class YearsSinceStartForm(CriterionForm):
    """Time since the start of activities or the constitution."""

    kind = CriterionKind.YEARS_SINCE_START
    clock = forms.ChoiceField(
        label=_("Desde"),
        choices=(
            ("started", _("Inicio de actividades")),
            ("founded", _("Constitución")),
            ("invoiced", _("Primera factura")),
        ),
        widget=forms.RadioSelect,
        initial="started",
    )
    min_count = count(_("Al menos"))
    min_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)
    max_count = count(_("Como máximo"))
    max_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)

    def parameters(self) -> dict[str, Any]:
        """Return the clock and the spans that were given."""
        given = self.cleaned_data
        return (
            {"clock": given["clock"]} | span_of(given, "min", "min") | span_of(given, "max", "max")
        )


def span_of(given: dict[str, Any], prefix: str, name: str) -> dict[str, str]:
    """Return a span as stored, ``{name: "P18M"}``, or nothing."""
    count, unit = given.get(f"{prefix}_count"), given.get(f"{prefix}_unit", "Y")
    return {name: f"P{count}{unit}"} if count else {}


class WomenLedForm(CriterionForm):
    """Led by women."""

    kind = CriterionKind.WOMEN_LED
    definition = forms.ChoiceField(
        label=_("Qué cuenta como liderada por mujeres"),
        choices=(
            ("declared", _("La organización lo dice")),
            ("board", _("Más de la mitad del directorio")),
            ("capital", _("Más de la mitad del capital")),
            ("board_and_capital", _("Directorio y capital")),
            ("board_or_capital", _("Directorio o capital")),
        ),
        required=False,
    )

    def parameters(self) -> dict[str, Any]:
        """Return the definition, unless it is the usual one."""
        given = self.cleaned_data["definition"]
        return {"definition": given} if given not in ("", "declared") else {}


class CertificateHeldForm(CriterionForm):
    """One of some certificates, in force."""

    kind = CriterionKind.CERTIFICATE_HELD
    standards = NamedRows(
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


FORMS: tuple[type[CriterionForm], ...] = (
    ApplicantKindForm,
    TerritoryForm,
    SizeClassForm,
    ActivityForm,
    YearsSinceStartForm,
    WomenLedForm,
    CertificateHeldForm,
    DeclaredForm,
)

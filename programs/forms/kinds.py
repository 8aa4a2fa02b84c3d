"""The form of each kind of condition: most kinds of a family share one."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit
from firms.models import OrganizationKind
from programs.catalog import no_places, places_of_country
from programs.eligibility.kinds import DEBTS, POPULATION_GROUPS, REGISTERS, TAX_ID_STATES
from programs.forms import criteria as single
from programs.forms.criteria import UNITS, CriterionForm, NamedRows, count, span_of, ticks
from programs.models import CriterionKind
from programs.phrases.words import word_label

K = CriterionKind
MAX_CODES = 60


def _number(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=18, decimal_places=4, required=False, **options
    )


def _plain(value: Decimal | None) -> str | None:
    """Write a number as the evaluator reads it, so that equal limits are equal text."""
    return None if value is None else format(value.normalize(), "f")


class RangeForm(CriterionForm):
    """A number between limits."""

    min = _number(_("Al menos"))
    max = _number(_("Como máximo"))

    def parameters(self) -> dict[str, Any]:
        """Return the limits that were given."""
        given = {name: _plain(self.cleaned_data[name]) for name in ("min", "max")}
        return {name: value for name, value in given.items() if value is not None}


class MoneyForm(RangeForm):
    """An amount between limits in a currency or an indexed unit."""

    unit = forms.RegexField(
        r"^[A-Z][A-Z-]{1,7}$",
        label=_("Unidad o moneda"),
        help_text=_("UF, UTM, UVT, SMMLV, UIT, UMA, SBU, UI, BPC, o una moneda como CLP o USD."),
    )
    field_order = ("min", "max", "unit")

    def parameters(self) -> dict[str, Any]:
        """Return the limits and their unit."""
        return super().parameters() | {"unit": self.cleaned_data["unit"]}


class YearlyForm(MoneyForm):
    """Sales or assets of a year, or their mean."""

    years = forms.IntegerField(
        label=_("Promedio de cuántos años"), min_value=1, max_value=5, required=False
    )
    less_exports = _number(
        _("Descontar exportaciones, hasta qué % de las ventas"), max_value=Decimal(100)
    )
    per_member = forms.BooleanField(label=_("Dividir por los asociados"), required=False)

    def parameters(self) -> dict[str, Any]:
        """Return the limits and how the amount is counted."""
        given, values = self.cleaned_data, super().parameters()
        if (given["years"] or 1) > 1:
            values["years"] = given["years"]
        if given["less_exports"]:
            values["less_exports"] = _plain(given["less_exports"])
        return values | ({"per_member": True} if given["per_member"] else {})


class ImportsForm(CriterionForm):
    """The most that imported goods may be of the sales."""

    max = _number(_("Como máximo, en %"), max_value=Decimal(100))

    def parameters(self) -> dict[str, Any]:
        """Return the share."""
        return {"max": _plain(self.cleaned_data["max"])}


class SpendingForm(RangeForm):
    """A heading of the budget, in percent of the whole."""

    head = forms.SlugField(label=_("Tipo de gasto"), max_length=60)

    def parameters(self) -> dict[str, Any]:
        """Return the heading and its limits."""
        return super().parameters() | {"head": self.cleaned_data["head"]}


class _Codes(forms.CharField):
    """Codes separated by commas or line breaks."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return list(dict.fromkeys((text or "").replace(",", " ").split()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as text: the value is a list only once it is read."""
        return bool(data)


class WordsForm(CriterionForm):
    """Words of an open list, or of a closed one when ``words`` says which."""

    values = _Codes(
        label=_("Cuáles"),
        help_text=_("Códigos separados por comas."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    every = forms.BooleanField(label=_("Todos a la vez"), required=False)

    def __init__(self, *args: Any, words: Callable[[], list[Any]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if words:
            self.fields["values"] = ticks(_("Cuáles"), words())
            self.order_fields(["values", "every"])

    def parameters(self) -> dict[str, Any]:
        """Return the words."""
        given = self.cleaned_data
        every = {"every": True} if given["every"] else {}
        return {"values": given["values"], **every}


class ItemsForm(CriterionForm):
    """Matters in which nothing may stand against the organization."""

    items = forms.MultipleChoiceField(label=_("Cuáles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, name: str, words: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["items"] = ticks(_("Cuáles"), _choices(words))
        self.order_fields(["items"])

    def parameters(self) -> dict[str, Any]:
        """Return the matters."""
        return {self.name: self.cleaned_data["items"]}


class HeldForm(CriterionForm):
    """Registrations, diagnostics or trainings in force."""

    codes = _Codes(label=_("Cuáles"), help_text=_("Uno de estos códigos, separados por comas."))
    max_age_count = count(_("De hace no más de"))
    max_age_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["max_age_unit"].required = False

    def parameters(self) -> dict[str, Any]:
        """Return the codes and the longest age."""
        given = self.cleaned_data
        return {self.name: given["codes"]} | span_of(given, "max_age", "max_age")


class YesForm(CriterionForm):
    """Nothing to fill in: the organization answers yes or no."""


class PreviousForm(CriterionForm):
    """Support received earlier."""

    earlier = forms.ChoiceField(
        label=_("Apoyos anteriores"),
        choices=(
            ("none", _("No puede haberlos")),
            ("required", _("Tiene que haberlos")),
            ("none_failed", _("Ninguno terminado por incumplimiento")),
        ),
        widget=forms.RadioSelect,
        initial="none",
    )
    programs = _Codes(
        label=_("De qué programas"), help_text=_("Vacío: de cualquiera."), required=False
    )
    cooling_off_count = count(_("Solo cuentan los de los últimos"))
    cooling_off_unit = forms.ChoiceField(label=_("Unidad"), choices=UNITS, required=False)

    def parameters(self) -> dict[str, Any]:
        """Return what is asked of earlier support."""
        given = self.cleaned_data
        programs = {"programs": given["programs"]} if given["programs"] else {}
        return (
            {"earlier": given["earlier"]} | programs | span_of(given, "cooling_off", "cooling_off")
        )


class PartnerForm(CriterionForm):
    """Partners of some kinds."""

    kinds = ticks(_("De estos tipos"), OrganizationKind.choices)
    count = forms.IntegerField(label=_("Al menos cuántos"), min_value=1, max_value=100, initial=1)

    def parameters(self) -> dict[str, Any]:
        """Return the kinds and how many."""
        return {"kinds": self.cleaned_data["kinds"], "count": self.cleaned_data["count"]}


class ExecutionForm(CriterionForm):
    """Where the project is carried out."""

    units = NamedRows(no_places, label=_("Lugares"), widget=forms.CheckboxSelectMultiple)
    every = forms.BooleanField(label=_("Solo ahí"), required=False)

    def __init__(self, *args: Any, country: AdminUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, country=country, **kwargs)
        units = self.fields["units"]
        if country and isinstance(units, forms.ModelMultipleChoiceField):
            units.queryset = places_of_country(country).select_related("parent")

    def parameters(self) -> dict[str, Any]:
        """Return paths of divisions."""
        units = self.cleaned_data["units"]
        paths = [f"{u.parent.code}/{u.code}" if u.parent else u.code for u in units]
        return {"units": paths} | ({"every": True} if self.cleaned_data["every"] else {})


def _choices(words: tuple[str, ...]) -> list[Any]:
    return [(word, word_label(word)) for word in words]


RANGES = (
    K.REPRESENTATIVE_AGE, K.HEADCOUNT, K.FOREIGN_SHARE, K.OPEN_AWARDS, K.TRL_START, K.TRL_END,
    K.DURATION, K.COUNTERPART_SHARE, K.CASH_SHARE, K.JOBS, K.PARTNER_COUNT,
    K.INDEPENDENT_PARTNERS, K.COUNTRY_COUNT, K.PARTNER_SHARE, K.COUNTRY_SHARE, K.SME_SHARE,
    K.BENEFICIARY_COUNT,
)  # fmt: skip
AFFIRMED = (
    K.NOT_STARTED, K.CONSTITUTED, K.INDEPENDENT, K.NOT_BARRED, K.NOT_INSOLVENT,
    K.NOT_IN_DIFFICULTY, K.CLEAN_RECORD, K.NO_CONFLICT, K.NO_DOUBLE_FUNDING, K.YOUTH_LED,
    K.CIVIL_PURPOSE,
)  # fmt: skip
OPEN_WORDS = (
    K.LEGAL_FORM, K.REGISTERED_IN, K.TAX_CATEGORY, K.REPRESENTATIVE_NATIONALITY, K.CHAIN_STAGE,
    K.MARKET_IN, K.QUALIFICATION, K.PURPOSE, K.SPONSOR,
)  # fmt: skip

Maker = Callable[..., CriterionForm]

FORMS: dict[str, Maker] = {
    **{form.kind.value: form for form in single.FORMS},
    **{kind.value: partial(RangeForm, kind=kind) for kind in RANGES},
    **{kind.value: partial(YesForm, kind=kind) for kind in AFFIRMED},
    **{kind.value: partial(WordsForm, kind=kind) for kind in OPEN_WORDS},
    **{k.value: partial(MoneyForm, kind=k) for k in (K.AID_RECEIVED, K.BUDGET, K.REQUESTED)},
    **{k.value: partial(YearlyForm, kind=k) for k in (K.SALES, K.BALANCE)},
    K.IMPORTS_SHARE.value: partial(ImportsForm, kind=K.IMPORTS_SHARE),
    K.SPENDING_HEAD.value: partial(SpendingForm, kind=K.SPENDING_HEAD),
    K.TAX_ID_STATUS.value: partial(
        WordsForm, kind=K.TAX_ID_STATUS, words=partial(_choices, TAX_ID_STATES)
    ),
    K.POPULATION_GROUP.value: partial(
        WordsForm, kind=K.POPULATION_GROUP, words=partial(_choices, POPULATION_GROUPS)
    ),
    K.LEAD_KIND.value: partial(
        WordsForm, kind=K.LEAD_KIND, words=lambda: list(OrganizationKind.choices)
    ),
    K.NO_DEBT.value: partial(ItemsForm, kind=K.NO_DEBT, name="debts", words=DEBTS),
    K.NOT_IN_REGISTER.value: partial(
        ItemsForm, kind=K.NOT_IN_REGISTER, name="registers", words=REGISTERS
    ),
    K.REGISTRATION_HELD.value: partial(HeldForm, kind=K.REGISTRATION_HELD, name="registers"),
    K.DIAGNOSTIC_DONE.value: partial(HeldForm, kind=K.DIAGNOSTIC_DONE, name="diagnostics"),
    K.TRAINING_DONE.value: partial(HeldForm, kind=K.TRAINING_DONE, name="trainings"),
    K.PREVIOUS_AWARD.value: partial(PreviousForm, kind=K.PREVIOUS_AWARD),
    K.PARTNER_OF_KIND.value: partial(PartnerForm, kind=K.PARTNER_OF_KIND),
    K.EXECUTION_IN.value: partial(ExecutionForm, kind=K.EXECUTION_IN),
}

# The kinds as an officer looks for them.
FAMILIES: tuple[tuple[Promise | str, tuple[CriterionKind, ...]], ...] = (
    (_("Quién es"), (K.APPLICANT_KIND, K.LEGAL_FORM, K.REGISTERED_IN, K.TAX_CATEGORY,
        K.TAX_ID_STATUS, K.NOT_STARTED, K.REGISTRATION_HELD, K.REPRESENTATIVE_NATIONALITY,
        K.REPRESENTATIVE_AGE)),
    (_("Antigüedad"), (K.YEARS_SINCE_START, K.CONSTITUTED)),
    (_("Tamaño"), (K.SIZE_CLASS, K.SALES, K.HEADCOUNT, K.BALANCE, K.FOREIGN_SHARE,
        K.IMPORTS_SHARE, K.INDEPENDENT)),
    (_("Actividad y territorio"), (K.ACTIVITY, K.CHAIN_STAGE, K.TERRITORY, K.EXECUTION_IN,
        K.MARKET_IN)),
    (_("Situación"), (K.NO_DEBT, K.NOT_BARRED, K.NOT_IN_REGISTER, K.NOT_INSOLVENT,
        K.NOT_IN_DIFFICULTY, K.CLEAN_RECORD, K.NO_CONFLICT, K.PREVIOUS_AWARD, K.OPEN_AWARDS,
        K.AID_RECEIVED, K.NO_DOUBLE_FUNDING, K.CERTIFICATE_HELD, K.DECLARED)),
    (_("Personas"), (K.WOMEN_LED, K.YOUTH_LED, K.POPULATION_GROUP, K.QUALIFICATION)),
    (_("Proyecto"), (K.TRL_START, K.TRL_END, K.DURATION, K.BUDGET, K.REQUESTED,
        K.COUNTERPART_SHARE, K.CASH_SHARE, K.SPENDING_HEAD, K.JOBS, K.PURPOSE, K.CIVIL_PURPOSE,
        K.DIAGNOSTIC_DONE, K.TRAINING_DONE, K.SPONSOR)),
    (_("Consorcio"), (K.PARTNER_COUNT, K.INDEPENDENT_PARTNERS, K.COUNTRY_COUNT,
        K.PARTNER_OF_KIND, K.LEAD_KIND, K.PARTNER_SHARE, K.COUNTRY_SHARE, K.SME_SHARE,
        K.BENEFICIARY_COUNT)),
)  # fmt: skip

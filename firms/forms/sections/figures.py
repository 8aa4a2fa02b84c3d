"""How big an organization is, and whose."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.forms.fields import CURRENCIES, a_choice, a_day, of_model
from firms.forms.sections.parts import PartForm, RowForm
from firms.models import (
    AnnualFigures,
    Band,
    FieldGroup,
    Headcount,
    Organization,
    Ownership,
    PeopleBand,
    SizeClass,
    SizeDeclaration,
)
from firms.services.profile import Table
from firms.sizes import size_rules


class SizePart(PartForm):
    """The size as declared."""

    table = Table(Organization, ("size_class",))

    size_class = a_choice(_("Tamaño"), SizeClass.choices, unset=_("No lo decimos"), required=False)


class SizeDeclarationPart(PartForm):
    """By which rule the size was declared, with what proof."""

    table = Table(SizeDeclaration, ("rule", "evidence", "valid_until"))
    group = FieldGroup.SIZE_DECLARATION
    layout = (("rule",), ("evidence", "valid_until"))

    rule = a_choice(
        _("Norma con que se clasificó"),
        size_rules(""),
        unset=_("No lo sabemos"),
        required=False,
    )
    evidence = of_model(
        SizeDeclaration,
        "evidence",
        help_text=_("El número o el enlace del certificado que lo respalda."),
    )
    valid_until = a_day(_("Vigente hasta"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.organization.country.country_code
        if "rule" in self.fields:
            choices = [("", _("No lo sabemos")), *size_rules(country)]
            self.fields["rule"].widget.choices = choices


class HeadcountPart(RowForm):
    """How many people work there on a day."""

    table = Table(
        Headcount, ("as_of", "total", "women", "research_fte"), many=True, alike=("as_of",)
    )
    group = FieldGroup.HEADCOUNT
    title = _("Personas que trabajan")
    add = _("Agregar otra fecha")
    layout = (("as_of", "total"), ("women", "research_fte"))

    as_of = a_day(_("A la fecha"))
    total = of_model(Headcount, "total", min_value=0)
    women = of_model(Headcount, "women", min_value=0)
    research_fte = of_model(
        Headcount,
        "research_fte",
        min_value=0,
        localize=True,
        help_text=_("Dos personas a media jornada suman una."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "as_of" in self.fields:
            self.fields["as_of"].required = True

    def clean(self) -> dict[str, Any]:
        """Keep the parts within the whole."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        total = cleaned.get("total")
        for name in ("women", "research_fte"):
            part = cleaned.get(name)
            if total is not None and part is not None and part > total:
                self.add_error(name, _("No puede ser más que el total."))
        return cleaned


class AnnualFiguresPart(RowForm):
    """Sales and assets of a year."""

    table = Table(
        AnnualFigures,
        (
            "fiscal_year",
            "people_band",
            "sales_band",
            "sales_amount",
            "currency",
            "exports_pct",
            "imports_pct",
            "balance_band",
        ),
        many=True,
        alike=("fiscal_year",),
    )
    group = FieldGroup.SALES
    groups = {
        "people_band": FieldGroup.HEADCOUNT,
        "sales_amount": FieldGroup.SALES_AMOUNT,
        "currency": FieldGroup.SALES_AMOUNT,
        "exports_pct": FieldGroup.TRADE_SHARES,
        "imports_pct": FieldGroup.TRADE_SHARES,
        "balance_band": FieldGroup.BALANCE,
    }
    title = _("Cifras por año")
    add = _("Agregar otro año")
    layout = (
        ("fiscal_year", "people_band"),
        ("sales_band", "balance_band"),
        ("sales_amount", "currency"),
        ("exports_pct", "imports_pct"),
    )

    fiscal_year = of_model(AnnualFigures, "fiscal_year", min_value=1950, max_value=2200)
    sales_band = a_choice(
        _("Ventas, en dólares"), Band.choices, unset=_("No lo decimos"), required=False
    )
    sales_amount = of_model(
        AnnualFigures,
        "sales_amount",
        min_value=0,
        localize=True,
        help_text=_("Si quiere: la ven solo quienes administran, y sirve para los programas."),
    )
    currency = a_choice(
        _("Moneda"), [(code, code) for code in CURRENCIES], unset=_("Elija"), required=False
    )
    people_band = a_choice(
        _("Personas que trabajaron"), PeopleBand.choices, unset=_("No lo decimos"), required=False
    )
    exports_pct = of_model(AnnualFigures, "exports_pct", localize=True)
    imports_pct = of_model(AnnualFigures, "imports_pct", localize=True)
    balance_band = a_choice(
        _("Activo total, en dólares"), Band.choices, unset=_("No lo decimos"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the currency of an exact figure."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("sales_amount") is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Diga en qué moneda está la cifra."))
        return cleaned


class OwnershipPart(PartForm):
    """In whose hands it is."""

    table = Table(Ownership, ("foreign_pct", "public_pct", "largest_group"))
    group = FieldGroup.OWNERSHIP
    layout = (("foreign_pct", "public_pct"), ("largest_group",))

    foreign_pct = of_model(Ownership, "foreign_pct", localize=True)
    public_pct = of_model(Ownership, "public_pct", localize=True)
    largest_group = of_model(Ownership, "largest_group")

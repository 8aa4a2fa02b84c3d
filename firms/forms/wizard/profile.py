"""How it is: size, what only its kind is asked, and the clusters around it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from clusters.catalog import open_clusters, territories
from clusters.models import AdminUnit, Cluster
from clusters.pickers import SearchableForm
from firms.forms.fields import RowsField, a_choice, a_day, of_model
from firms.forms.organizations import problem_of
from firms.forms.wizard.kinds import QUESTIONS, SIZED
from firms.forms.wizard.steps import as_content
from firms.identifiers import ROR, InvalidIdentifier, check_number
from firms.models import AdministrativeLevel, Organization, SizeClass
from firms.services.organizations import IdentifierContent

MAX_MEMBERS = 10_000_000


class ProfileStep(SearchableForm):
    """All that some kind is asked; what this one is not asked is taken out."""

    size_class = a_choice(_("Tamaño"), SizeClass.choices, unset=_("No lo decimos"), required=False)
    trade_name = of_model(Organization, "trade_name", help_text=_("El nombre con que la conocen."))
    acronym = of_model(Organization, "acronym", help_text=_("Las letras con que la conocen."))
    activity_start_on = a_day(
        _("Inicio de actividades"),
        help_text=_("La fecha que figura ante la autoridad tributaria. Los programas la piden."),
    )
    member_count = forms.IntegerField(
        label=_("¿Cuántos socios tiene?"),
        required=False,
        min_value=0,
        max_value=MAX_MEMBERS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    agency_level = a_choice(
        _("Nivel de gobierno"), AdministrativeLevel.choices, unset=_("Elija el nivel")
    )
    agency_units = RowsField(
        territories,
        label=_("Territorio de su competencia"),
        help_text=_("Todo el país, o las regiones que le tocan."),
    )
    website = of_model(Organization, "website", assume_scheme="https")
    ror = forms.CharField(
        label=_("Código ROR"),
        required=False,
        max_length=60,
        help_text=_("El registro abierto de instituciones de investigación: ror.org/03yrm5c26."),
    )
    clusters = RowsField(
        open_clusters,
        key="slug",
        label=_("Clústeres cercanos a lo que hace y a donde está"),
        help_text=_("Marque los suyos: se lo preguntamos al clúster y aparece cuando lo confirme."),
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        country: AdminUnit,
        clusters: Sequence[Cluster],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {*QUESTIONS[kind], "clusters"} | ({"size_class"} if kind in SIZED else set())
        if not clusters:
            asked.discard("clusters")
        for name in set(self.fields) - asked:
            del self.fields[name]
        self._offer(clusters, country)

    def _offer(self, clusters: Sequence[Cluster], country: AdminUnit) -> None:
        shown: dict[str, QuerySet[Any]] = {
            "clusters": open_clusters().filter(pk__in=[row.pk for row in clusters]),
            "agency_units": territories().filter(country_code=country.country_code),
        }
        for name, rows in shown.items():
            field = self.fields.get(name)
            if isinstance(field, RowsField):
                field.queryset = rows

    def clean_ror(self) -> IdentifierContent | None:
        """Read the code, with or without its address."""
        text = self.cleaned_data["ror"]
        if not text:
            return None
        try:
            return as_content(check_number(ROR, text))
        except InvalidIdentifier as error:
            raise problem_of(error) from error

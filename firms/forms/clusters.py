"""Founding a cluster, describing it, and bringing organizations in."""

from typing import Any

from django import forms
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clusters.catalog import ACTIVITY_SCHEMES, countries, divisions
from clusters.models import Cluster, ValueChainStage
from clusters.pickers import ClassificationsField, SearchableForm
from clusters.territory import MAX_BYTES, Fault, InvalidTerritory, parse_territory
from firms.forms.fields import RowField, RowsField, lines, of_model
from firms.services.clusters import ClusterContent, StageContent

WGS84 = 4326
MAX_STAGES = 16

FAULTS = {
    Fault.TOO_LONG: _("El archivo pasa de 64 KB. Simplifíquelo y vuelva a pegarlo."),
    Fault.NOT_JSON: _("Esto no es GeoJSON: revise que el texto esté completo."),
    Fault.NOT_POLYGON: _("El territorio tiene que ser un polígono o varios, en grados."),
    Fault.EMPTY: _("El territorio está vacío."),
    Fault.NOT_FINITE: _("Hay una coordenada que no es un número."),
    Fault.OUT_OF_RANGE: _(
        "Hay una coordenada fuera del mundo: van primero la longitud y luego la latitud."
    ),
    Fault.TOO_MANY_VERTICES: _("El territorio admite hasta 2.000 vértices. Simplifíquelo."),
    Fault.TOO_MANY_RINGS: _("El territorio admite hasta 50 contornos."),
    Fault.RING_NOT_CLOSED: _("Un contorno no se cierra: termina donde empezó, con cuatro puntos."),
    Fault.CROSSES_ITSELF: _("El territorio se cruza a sí mismo. Corríjalo donde lo dibujó."),
}


class ClusterForm(SearchableForm):
    """What a cluster says of itself."""

    label_es = forms.CharField(label=_("Nombre en español"), max_length=160)
    label_pt = forms.CharField(label=_("Nombre en portugués"), max_length=160, required=False)
    label_en = forms.CharField(label=_("Nombre en inglés"), max_length=160, required=False)
    summary_es = of_model(Cluster, "summary_es", widget=lines(4))
    summary_pt = of_model(Cluster, "summary_pt", widget=lines(4))
    summary_en = of_model(Cluster, "summary_en", widget=lines(4))
    status = of_model(Cluster, "status")
    country = RowField(countries, label=_("País"), empty_label=_("Elija el país"))
    admin_units = RowsField(divisions, label=_("Regiones que abarca"))
    territory = forms.CharField(
        label=_("Contorno en GeoJSON"),
        required=False,
        widget=lines(4),
        help_text=_("Si lo dibujó en otro programa, péguelo aquí. Hasta 2.000 vértices."),
    )
    sectors = ClassificationsField(label=_("Sectores"), schemes=ACTIVITY_SCHEMES, required=False)
    founded_year = forms.IntegerField(
        label=_("Año de inicio"), required=False, min_value=1800, max_value=2100
    )
    website = of_model(Cluster, "website", assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["admin_units"]
        code = str(self["country"].value() or "")
        if isinstance(units, RowsField):
            units.queryset = divisions(code) if code else divisions().none()

    def clean_territory(self) -> MultiPolygon | None:
        """Return the shape that the text draws."""
        text: str = self.cleaned_data["territory"]
        if not text:
            return None
        try:
            shape = parse_territory(text)
        except InvalidTerritory as error:
            raise ValidationError(FAULTS[error.fault], error.fault.value) from error
        drawn = GEOSGeometry(memoryview(shape.wkb), srid=WGS84)
        return drawn if isinstance(drawn, MultiPolygon) else None

    def clean(self) -> dict[str, Any]:
        """Ask for a territory, drawn or by regions."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_shape = cleaned.get("territory") or self.has_error("territory")
        if not has_shape and not cleaned.get("admin_units") and not self.has_error("admin_units"):
            self.add_error("admin_units", _("Marque al menos una región o pegue el contorno."))
        return cleaned


class StageForm(SearchableForm):
    """One step of the chain."""

    label_es = forms.CharField(label=_("Etapa"), max_length=120)
    label_pt = forms.CharField(label=_("En portugués"), max_length=120, required=False)
    label_en = forms.CharField(label=_("En inglés"), max_length=120, required=False)
    kind = of_model(ValueChainStage, "kind")
    activities = ClassificationsField(
        label=_("Actividades que la hacen"), schemes=ACTIVITY_SCHEMES, required=False
    )

    def content(self) -> StageContent:
        """Return what the service takes."""
        names = ("label_es", "label_pt", "label_en", "kind", "activities")
        return StageContent(**{name: self.cleaned_data[name] for name in names})


_Stages = forms.formset_factory(
    StageForm,
    extra=3,
    max_num=MAX_STAGES,
    absolute_max=MAX_STAGES + 1,
    validate_max=True,
    can_delete=True,
    can_delete_extra=False,
    can_order=True,
)


class ClusterPage:
    """A cluster and its chain, judged and saved together."""

    def __init__(self, cluster: Cluster | None, data: QueryDict | None) -> None:
        self.form = ClusterForm(data, initial=_values(cluster) if cluster else {"status": "active"})
        stages = cluster.stages.prefetch_related("activities") if cluster else ()
        self.stages = _Stages(data, prefix="stages", initial=[_stage(row) for row in stages])

    @property
    def is_bound(self) -> bool:
        """Say whether it was sent."""
        return self.form.is_bound

    @property
    def is_looking(self) -> bool:
        """Say whether a picker's search was pressed."""
        return self.form.is_looking

    def is_valid(self) -> bool:
        """Judge both parts."""
        judged = [self.form.is_valid(), self.stages.is_valid()]
        return all(judged)

    def content(self) -> ClusterContent:
        """Return what the service takes; stages stand in the order that was numbered."""
        stages = [form.content() for form in self.stages.ordered_forms]
        return ClusterContent(**self.form.cleaned_data, stages=stages)


def _values(cluster: Cluster) -> dict[str, Any]:
    shown = {name: getattr(cluster, name) for name in ClusterForm.base_fields}
    drawn = cluster.territory.geojson if cluster.territory else ""
    return shown | {
        "territory": drawn if len(drawn) <= MAX_BYTES else "",
        "admin_units": list(cluster.admin_units.all()),
        "sectors": list(cluster.sectors.all()),
    }


def _stage(stage: ValueChainStage) -> dict[str, Any]:
    shown = {name: getattr(stage, name) for name in StageForm.base_fields}
    return shown | {"activities": list(stage.activities.all())}

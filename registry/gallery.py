"""The components with made-up content, so that they can be looked at and tested together."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Sample:
    """One ranked organization, as matching would hand it over."""

    name: str
    about: str
    reasons: tuple[str, ...]
    weakness: str
    rows: tuple[tuple[str, float | None], ...]


MATCHES = (
    Sample(
        "Etiquetas del Tinguiririca",
        "Empresa pequeña · Santa Cruz, a 14 km",
        (
            "Imprime etiquetas y contraetiquetas para vino (CPV 22121)",
            "Su zona de servicio cubre toda la provincia de Colchagua",
            "Tiene FSC vigente hasta marzo de 2027, como usted pidió",
        ),
        "Aún no trabaja papel con algodón",
        (("Texto", 0.82), ("Producto", 1.0), ("Distancia", 0.94), ("Certificados", None)),
    ),
    Sample(
        "Gráfica Poniente Cooperativa",
        "Cooperativa · Curicó, a 58 km",
        (
            "Diseño e impresión de empaques con muestra previa",
            "Acepta tiradas desde 3.000 unidades; usted necesita 8.000",
        ),
        "Está fuera de su radio de 50 km, por 8 km",
        (("Texto", 0.76), ("Producto", 1.0), ("Distancia", 0.7), ("Certificados", 0.5)),
    ),
)
LEDGER = (
    (412, "ofrecen impresión o empaque"),
    (96, "llegan hasta Santa Cruz"),
    (61, "abiertas a contacto"),
    (19, "con FSC vigente"),
)
CALLS = (("yes", "Cumple 7 de 7"), ("near", "Le faltan 2"), ("no", "No es para usted"))
STATS = (
    ("118", "organizaciones, 96 confirmadas este año"),
    ("73 %", "de las necesidades con respuesta en 10 días (n=41)"),
    ("4,8×", "más viñas que el país (2,7 a 7,8)"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    search = forms.CharField(
        label=_("Palabras"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tipo"),
        required=False,
        choices=[("firm", _("Empresa")), ("university", _("Universidad"))],
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label=_("Qué necesita, en una frase"),
        max_length=160,
        help_text=_("Como se lo diría a un colega: qué, cuánto, dónde y para cuándo."),
    )
    place = forms.CharField(label=_("Lugar"), max_length=40)
    reach = forms.ChoiceField(
        label=_("Hasta dónde busca"),
        choices=[("radius", _("Hasta cierta distancia")), ("national", _("En todo el país"))],
    )
    until = forms.DateField(
        label=_("Para cuándo"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    terms = forms.BooleanField(label=_("Puede verla cualquier persona"), required=False)


def _square(name: str, west: float, south: float, count: int) -> dict[str, object]:
    east, north = west + 0.9, south + 0.7
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"id": name, "label": name, "url": "#", "count": count},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


PLACES = [
    _square("Vino de Colchagua", -71.8, -34.9, 118),
    _square("Software de Guadalajara", -103.8, 20.3, 204),
    _square("Electrónica de Cartago", -84.2, 9.6, 5),
]


@require_safe
def gallery_map(request: HttpRequest) -> JsonResponse:
    """Answer the territories that the gallery's map draws."""
    _require_reader(request)
    return JsonResponse({"type": "FeatureCollection", "features": PLACES})


def _require_reader(request: HttpRequest) -> None:
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; for staff, or anyone signed in where debugging is on."""
    _require_reader(request)
    context = {
        "places": [place["properties"] for place in PLACES],
        "matches": MATCHES,
        "ledger": LEDGER,
        "calls": CALLS,
        "stats": STATS,
        "form": SampleForm({"title": "Etiquetas para 8.000 botellas", "reach": "radius"}),
    }
    return render(request, "registry/gallery.html", context)

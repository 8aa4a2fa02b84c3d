"""What is said of a listing's quality: one sentence per finding, and where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from firms.quality import Finding, Level
from firms.services.listings import CannotPublish

SIGNS = {Level.BLOCKER: "no", Level.SHOULD: "near", Level.COULD: "unknown"}
SENTENCES: dict[str, Any] = {
    "leak_name": _("Una publicación anónima no puede nombrar a su organización: «%(words)s»."),
    "leak_number": _("Su número tributario delata quién publica: «%(words)s»."),
    "leak_email": _("Un correo delata quién publica: «%(words)s»."),
    "leak_phone": _("Un teléfono delata quién publica: «%(words)s»."),
    "leak_address": _("Una dirección web delata quién publica: «%(words)s»."),
    "no_items": _("Una cotización necesita al menos una línea: qué y cuánto."),
    "no_closing_day": _("Diga hasta cuándo recibe cotizaciones."),
    "closing_day_past": _("El último día para cotizar ya pasó."),
    "interest_past": _("El día para responder ya pasó."),
    "no_guests": _("Eligió mostrarla solo a invitadas, y aún no invitó a ninguna."),
    "no_problem": _("Diga qué problema resuelve, con las palabras de quien lo tiene."),
    "no_how_it_works": _("Explique cómo funciona, sin nada confidencial."),
    "no_versus_leading": _("Compárela con la mejor alternativa: en qué gana."),
    "no_trl": _("Indique el nivel de madurez (TRL)."),
    "no_ipr_status": _("Diga cómo está protegida; «sin protección» también vale."),
    "no_technology_words": _("Escriba al menos una palabra de la tecnología."),
    "evidence_in_future": _("La evidencia del TRL tiene una fecha que aún no llega."),
    "no_evidence": _("Desde TRL 4 preguntan por la evidencia: qué prueba y de cuándo."),
    "no_ipr_record": _("Agregue el número o la oficina de la patente."),
    "no_economic_comparison": _("Diga cuánto cuesta o ahorra frente a la alternativa."),
    "no_transfer_mode": _("Diga cómo puede transferirse: licencia, contrato, piloto…"),
    "no_specification": _("Describa qué experiencia o solución busca."),
    "no_role": _("Diga qué papel falta en el proyecto."),
    "no_call_day": _("Ponga el cierre de la convocatoria."),
    "long_title": _("El título es largo: en 120 letras se lee de un vistazo."),
    "short_title": _("El título dice poco: nombre el producto o servicio y para qué."),
    "shouted_title": _("El título está todo en mayúsculas; se lee mejor sin ellas."),
    "no_summary": _("Agregue un resumen de dos o tres líneas."),
    "short_description": _("Una descripción con qué, para quién y cómo trae mejores respuestas."),
    "no_advantages": _("Cuente su ventaja frente a lo que se usa hoy."),
    "no_classification": _("Confirme de qué se trata: así la encuentran en otros idiomas."),
    "no_partnership": _("Indique qué tipo de acuerdo busca."),
}


NOT_PUBLISHED = {
    "technologies": _(
        "Ya tiene 20 tecnologías abiertas. Cierre las que no avanzan y cuente cómo terminaron: "
        "con cinco cerradas deja de haber límite."
    ),
    "many": _(
        "Su organización ya tiene muchas publicaciones abiertas. Cierre alguna o verifique su "
        "identidad: entonces no hay límite."
    ),
    "blocked": _(
        "Queda sin publicar: el texto o su correo están en la lista de bloqueo. "
        "Cámbielo, o escríbanos si es un error."
    ),
}


@dataclass(frozen=True)
class FindingLine:
    """A finding as it is shown."""

    sign: str
    text: str
    anchor: str


def finding_lines(found: Iterable[Finding], *, most: int = 6) -> list[FindingLine]:
    """Return the first findings as people read them."""
    return [
        FindingLine(SIGNS[each.level], sentence_of(each), f"id_{each.field}")
        for each in list(found)[:most]
    ]


def sentence_of(found: Finding) -> str:
    """Return what a finding says."""
    return str(SENTENCES[found.code]) % {"words": found.words}


def refusal(error: CannotPublish) -> str:
    """Say why it is not published; of what is missing, the first thing."""
    first = next(iter(error.findings), None)
    return sentence_of(first) if first else str(NOT_PUBLISHED[error.reason])

"""The page of the people who run an installation: what waits, what runs, what was set aside."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from common.htmx import render_page
from common.jobs import operate, sweep
from common.models import Job
from firms.models import ImportBatch
from matching.services.reconciling import nightly_checks
from registry.queues import WORKERS

SHOWN = 50
BATCHES_SHOWN = 8
CHECKS_SHOWN = 3
SILENT_AFTER_S = 60
KINDS = {
    "need.match": _("Buscar coincidencias de una necesidad"),
    "offer.match": _("Buscar necesidades para una oferta"),
    "organization.reproject": _("Actualizar las publicaciones de una organización"),
    "organization.verdicts": _("Revisar los programas de una organización"),
    "call.verdicts": _("Revisar una convocatoria"),
    "import.contracts": _("Importar contratos"),
    "import.establishments": _("Importar establecimientos"),
    "import.ror": _("Importar organizaciones de investigación"),
    "spreadsheet.advance": _("Leer, revisar o importar una planilla"),
    "person.copy": _("Preparar una copia de datos"),
    "person.erase": _("Borrar una cuenta"),
    "privacy.daily": _("Cumplir los plazos de los datos personales"),
    "verdicts.roll_over": _("Revisar lo que cambia con la fecha"),
    "people.ask_review": _("Preguntar quiénes siguen en cada organización"),
    "digest.due": _("Ver a quién le tocan novedades"),
    "digest.write": _("Escribir las novedades de una persona"),
    "export.write": _("Preparar un archivo para descargar"),
    "directory.fold": _("Contar los cambios del directorio"),
    "directory.rebuild": _("Rehacer el directorio"),
    "directory.roll_over": _("Seguir las fechas de las ofertas en el directorio"),
    "listings.rebuild": _("Rehacer las publicaciones importadas"),
    "listings.remind": _("Avisar antes de que venzan las publicaciones"),
    "matches.widen": _("Ofrecer necesidades a más organizaciones"),
    "organizations.remind": _("Pedir que se confirmen las fichas"),
    "organizations.settle": _("Dejar en firme los cierres"),
    "introductions.clock": _("Seguir los plazos de las presentaciones"),
    "introductions.ask_outcomes": _("Preguntar en qué quedaron las presentaciones"),
    "duplicates.scan": _("Buscar registros duplicados"),
}
WORKER_NAMES = {"fast": _("Rápido"), "bulk": _("Masivo y correo")}


@dataclass(frozen=True)
class Worker:
    """When a worker last gave a sign of life."""

    name: str
    heard_at: dt.datetime | None
    is_silent: bool


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Show the work of the installation; the part that changes is asked for again and again."""
    _staff(request)
    context = {
        "loads": operate.loads(),
        "mail": operate.mail_load(),
        "workers": _workers(timezone.now()),
        "checks": nightly_checks(limit=CHECKS_SHOWN),
        "batches": ImportBatch.objects.order_by("-created_at", "-pk")[:BATCHES_SHOWN],
        "running": [(_kind(job.kind), job) for job in _running()[:SHOWN]],
        "parked": [(_kind(job.kind), job) for job in operate.parked_jobs()[:SHOWN]],
        "parked_count": operate.parked_jobs().count(),
        "parked_mail": operate.parked_effects()[:SHOWN],
    }
    return render_page(request, "registry/operations.html", context, partial="now")


@require_POST
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a parked job run again."""
    done = operate.retry_job(job_id, by=_staff(request).pk)
    return _back(request, done, _("El trabajo vuelve a la cola."))


@require_POST
def discard_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Close a parked job undone."""
    done = operate.discard_job(job_id, by=_staff(request).pk)
    return _back(request, done, _("El trabajo quedó descartado."))


@require_POST
def retry_mail(request: HttpRequest, effect_id: int) -> HttpResponse:
    """Let a mail that was given up be sent again."""
    done = operate.retry_effect(effect_id, by=_staff(request).pk)
    return _back(request, done, _("El correo vuelve a la cola."))


@require_POST
def discard_mail(request: HttpRequest, effect_id: int) -> HttpResponse:
    """Forget a mail that was given up."""
    done = operate.discard_effect(effect_id, by=_staff(request).pk)
    return _back(request, done, _("El correo quedó descartado."))


def _staff(request: HttpRequest) -> User:
    """Return the member of staff who asks; to anyone else this page does not exist."""
    if isinstance(request.user, User) and request.user.is_staff:
        return request.user
    raise Http404


def _back(request: HttpRequest, done: bool, text: object) -> HttpResponse:
    """Return to the page; what another person already handled is said, not an error."""
    if done:
        messages.success(request, str(text))
    else:
        messages.info(request, _("Ya no estaba apartado: alguien lo atendió antes."))
    response = redirect("registry:operations")
    response.status_code = 303
    return response


def _running() -> QuerySet[Job]:
    """Return the long jobs, without those whose progress stands in their import."""
    return operate.running_jobs().exclude(kind__startswith="import.")


def _workers(now: dt.datetime) -> list[Worker]:
    return [_worker(name, sweep.canary_age_s(queues[0]), now) for name, queues in WORKERS.items()]


def _worker(name: str, age_s: float | None, now: dt.datetime) -> Worker:
    heard_at = None if age_s is None else now - dt.timedelta(seconds=age_s)
    is_silent = age_s is None or age_s > SILENT_AFTER_S
    return Worker(str(WORKER_NAMES[name]), heard_at, is_silent)


def _kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))

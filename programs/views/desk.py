"""Where an agency's officers write programs and calls."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.forms.programs import CallForm, ProgramForm
from programs.services.publishing import (
    CannotPublish,
    cancel_call,
    publish_call,
    write_call,
    write_program,
)
from programs.views.answers import UNPROCESSABLE, person, see_other
from programs.views.shown import shown_calls

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """List the programs and calls of the reader's agencies."""
    agencies = policies.agencies_of(request.user).order_by("legal_name", "pk")
    programs = policies.editable_programs(request.user).select_related("agency")
    calls = policies.editable_calls(request.user).select_related("program__agency")
    context = {
        "agencies": agencies,
        "programs": programs.order_by("label_es", "pk"),
        "calls": shown_calls(calls.order_by("-updated_at", "-pk"), timezone.now()),
    }
    return render(request, "programs/desk.html", context)


@require_form
def program_create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a new program of an agency, as a draft."""
    agency = get_object_or_404(policies.agencies_of(request.user), public_id=public_id)
    form = ProgramForm(request.POST or None, agency=agency)
    return _program_form(request, form)


@require_form
def program_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a program."""
    rows = policies.editable_programs(request.user).select_related("agency__country")
    program = get_object_or_404(rows, slug=slug)
    agency = get_object_or_404(policies.agencies_of(request.user), pk=program.agency_id)
    form = ProgramForm(request.POST or None, instance=program, agency=agency)
    return _program_form(request, form)


def _program_form(request: HttpRequest, form: ProgramForm) -> HttpResponse:
    if form.is_valid():
        program, territories = form.content()
        write_program(by=person(request), program=program, territories=territories)
        messages.success(request, _("Programa guardado."))
        return see_other("programs:program", program.slug)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "programs/program_form.html", {"form": form}, status=status)


@require_form
def call_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new call of a program, as a draft."""
    rows = policies.editable_programs(request.user).select_related("agency__country")
    program = get_object_or_404(rows, slug=slug)
    return _call_form(request, CallForm(request.POST or None, program=program))


@require_form
def call_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a call."""
    rows = policies.editable_calls(request.user).select_related("program__agency__country")
    call = get_object_or_404(rows, public_id=public_id)
    return _call_form(request, CallForm(request.POST or None, instance=call, program=call.program))


def _call_form(request: HttpRequest, form: CallForm) -> HttpResponse:
    if form.is_valid():
        is_new = form.instance.pk is None
        call = write_call(by=person(request), call=form.instance)
        messages.success(request, _("Convocatoria guardada."))
        return see_other("programs:call-criteria" if is_new else "programs:call", call.public_id)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "program": form.instance.program}
    return render(request, "programs/call_form.html", context, status=status)


@require_POST
def call_publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a call to everybody."""
    call = get_object_or_404(policies.editable_calls(request.user), public_id=public_id)
    try:
        publish_call(by=person(request), call=call)
    except CannotPublish as error:
        lacking = {
            "objective": _("Antes de publicar, diga para qué sirve el programa."),
            "territories": _("Antes de publicar, diga dónde se aplica el programa."),
        }
        messages.error(request, lacking[error.lacking])
        return see_other("programs:program-edit", call.program.slug)
    messages.success(request, _("Publicada. Avisaremos a quién le sirve en unos segundos."))
    return see_other("programs:call", call.public_id)


@require_POST
def call_cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a call was cancelled."""
    call = get_object_or_404(policies.editable_calls(request.user), public_id=public_id)
    cancel_call(by=person(request), call=call)
    messages.success(request, _("La convocatoria figura como anulada."))
    return see_other("programs:call", call.public_id)

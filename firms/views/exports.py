"""Files of what a list found: asked for, made, fetched, deleted."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.files import SEALED
from common.htmx import render_page
from common.jobs import progress
from common.sheets import CONTENT_TYPES
from firms.exporting import writing
from firms.kinds import KINDS, cleaned
from firms.models import Export, ExportFormat, Listed
from firms.policies.searches import own_exports, rights_of
from firms.views.answers import UNPROCESSABLE, person, see_other

SHOWN = 30
REFUSED = {
    "conditions": lazy("Esas condiciones ya no valen. Vuelva a buscar y descargue desde ahí."),
    "many": lazy("Pidió muchos archivos hoy. Mañana puede pedir más."),
    "fast": lazy("Espere unos segundos e intente de nuevo."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """List one's files, and make one more; a small one is the answer itself."""
    problem = ""
    if request.method == "POST":
        try:
            return _make(request)
        except writing.CannotExport as error:
            problem = str(REFUSED[error.reason])
    now = timezone.now()
    rows = [(row, row.is_ready(now)) for row in own_exports(request.user)[:SHOWN]]
    context = {"exports": rows, "problem": problem, "now": now}
    status = UNPROCESSABLE if problem else 200
    return render_page(request, "firms/exports/list.html", context, partial="files", status=status)


def _make(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    listed, form = request.POST.get("listed"), request.POST.get("format")
    if listed not in KINDS or form not in ExportFormat.values:
        raise writing.CannotExport("conditions")
    query = cleaned(request.POST.get("query", "")).urlencode()
    asked = writing.Request(Listed(listed), query, ExportFormat(form), get_language() or "es")
    made = writing.ask_for_export(asked, by=person(request), now=timezone.now())
    if isinstance(made, Export):
        return see_other("firms:export", made.public_id)
    answer = StreamingHttpResponse(made, content_type=CONTENT_TYPES[form])
    _dress(answer, listed, form)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far a file has come, or delete it."""
    row = get_object_or_404(own_exports(request.user), public_id=public_id)
    if request.method == "POST":
        writing.drop_export(row)
        messages.success(request, _("Borramos el archivo."))
        return see_other("firms:exports")
    now = timezone.now()
    context = {
        "export": row,
        "is_ready": row.is_ready(now),
        "is_over": now >= row.expires_at,
        "progress": progress(writing.KIND, row.pk),
    }
    return render_page(request, "firms/exports/export.html", context, partial="state")


@require_safe
def export_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    """Give a file to its owner, while they may still see what is in it."""
    row = get_object_or_404(own_exports(request.user), public_id=public_id)
    if not row.is_ready(timezone.now()):
        raise Http404
    if row.rights != rights_of(request.user):
        messages.error(request, _("Lo que usted puede ver cambió. Pida el archivo de nuevo."))
        return see_other("firms:exports")
    try:
        content = default_storage.open(str(row.file))
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, content_type=CONTENT_TYPES[row.format])
    _dress(answer, row.listed, row.format)
    return answer


def _dress(answer: HttpResponseBase, listed: str, form: str) -> None:
    """Dress a file that no browser runs and no cache keeps."""
    name = f"racimo-{listed}-{timezone.now():%Y-%m-%d}.{form}"
    header = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SEALED
    answer["Cache-Control"] = "private, no-store"

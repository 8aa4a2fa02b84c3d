"""The team's queue: what waits for a decision, each case with its facts, and the block list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import BlockKind
from accounts.services import blocks
from common.htmx import render_page
from firms import policies
from firms.forms.moderation import BlockForm, QueueForm, RulingForm
from firms.models import Case, CaseKind, CaseOutcome, ReasonClass
from firms.services import decisions
from firms.services.claims.ladder import ladder_of
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

PER_PAGE = 25
REFUSED = {
    "state": gettext_lazy("Otra persona ya lo decidió. Mírelo de nuevo."),
    "party": gettext_lazy("Usted es parte de este caso: lo decide otra persona."),
    "same": gettext_lazy("Usted tomó la primera decisión: la apelación la decide otra persona."),
    "outcome": gettext_lazy("Eso no se puede decidir en este caso."),
}


@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """List the cases that wait, the oldest first, or those decided, the newest first."""
    _team(request)
    asked = QueueForm(request.GET).known()
    rows = policies.moderated_cases(request.user)
    is_waiting = asked["state"] == "waiting"
    chosen = rows.waiting() if is_waiting else rows.exclude(pk__in=rows.waiting().values("pk"))
    waiting = dict(rows.waiting().order_by().values_list("kind").annotate(Count("pk")))
    if asked["kind"]:
        chosen = chosen.filter(kind=asked["kind"])
    order = ("created_at", "pk") if is_waiting else ("-updated_at", "-pk")
    page = Paginator(chosen.order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    kinds = [(value, label, waiting.get(value, 0)) for value, label in CaseKind.choices]
    context = {"page": page, "kinds": kinds, "asked": asked, "total": sum(waiting.values())}
    return render_page(request, "firms/moderation/queue.html", context, partial="queue")


@require_http_methods(["GET", "HEAD", "POST"])
def moderation_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a case with its facts side by side, and decide it."""
    case = get_object_or_404(policies.moderated_cases(request.user), public_id=public_id)
    data = request.POST if request.method == "POST" else None
    form = RulingForm(data, outcomes=decisions.outcomes_of(case))
    if form.is_valid() and _decided(request, case, form):
        return see_other("firms:moderation")
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/moderation/case.html", _facts(request, case, form), status=status)


def _decided(request: HttpRequest, case: Case, form: RulingForm) -> bool:
    given = form.cleaned_data
    ruling = decisions.Ruling(
        outcome=CaseOutcome(given["outcome"]),
        reason=given["reason"],
        reason_class=ReasonClass(given["reason_class"]),
    )
    try:
        decisions.decide_case(by=person(request), case=case, ruling=ruling, now=timezone.now())
    except decisions.CannotDecide as error:
        form.add_error(None, str(REFUSED[error.reason]))
        return False
    messages.success(request, _("Decidido. Ya escribimos a las personas a quienes toca."))
    return True


def _facts(request: HttpRequest, case: Case, form: RulingForm) -> dict[str, Any]:
    organization = case.organization
    reports = case.reports.all()
    return {
        "case": case,
        "form": form,
        "organization": organization,
        "ladder": ladder_of(organization),
        "identifiers": organization.identifiers.all(),
        "members": organization.memberships.select_related("user").order_by("-role", "pk"),
        "claimant_places": _places_of_claimant(case),
        "reports": reports,
        "reasons": reports.order_by("reason").values_list("reason").annotate(Count("pk")),
        "decisions": case.decisions.select_related("by"),
        "is_party": policies.is_party(person(request), case),
    }


def _places_of_claimant(case: Case) -> Any:
    if case.claim is None:
        return []
    return case.claim.claimant.memberships.select_related("organization").order_by("pk")


@require_http_methods(["GET", "HEAD", "POST"])
def block_list(request: HttpRequest) -> HttpResponse:
    """Show what is blocked; block something more."""
    _team(request)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _blocked(request, form):
        return see_other("firms:block-list")
    rows = policies.block_entries(request.user).order_by("kind", "value")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    status = UNPROCESSABLE if form.is_bound else OK
    context = {"form": form, "page": page}
    return render(request, "firms/moderation/blocks.html", context, status=status)


def _blocked(request: HttpRequest, form: BlockForm) -> bool:
    given = form.cleaned_data
    try:
        blocks.add_block(
            by=person(request),
            kind=BlockKind(given["kind"]),
            value=given["value"],
            note=given["note"],
        )
    except blocks.CannotBlock:
        form.add_error("value", _("Ya está en la lista, o no dice nada que se pueda bloquear."))
        return False
    messages.success(request, _("Bloqueado desde ahora."))
    return True


@require_POST
def block_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let something pass again."""
    entry = get_object_or_404(policies.block_entries(request.user), public_id=public_id)
    blocks.remove_block(entry=entry)
    messages.success(request, _("Ya no está bloqueado."))
    return see_other("firms:block-list")


def _team(request: HttpRequest) -> None:
    """Answer as if the page did not exist to whoever is not of the team."""
    if not person(request).is_staff:
        raise Http404

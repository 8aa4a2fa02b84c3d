"""The conditions of a program or a call: add, remove, and see who would pass."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.htmx import render_page
from programs import policies
from programs.forms.criteria import CriterionForm
from programs.forms.kinds import FAMILIES, FORMS
from programs.models import Call, Program
from programs.phrases.lines import plain_lines
from programs.phrases.rules import sentence
from programs.services.counting import DRAFT_KEY, count_qualifying
from programs.services.criteria import own_criteria, program_criteria
from programs.services.editing import (
    CannotAddCriterion,
    CriterionContent,
    add_criterion,
    remove_criterion,
)
from programs.services.labels import Labels, read_labels
from programs.views.answers import UNPROCESSABLE, person

SEE_OTHER = 303
TRY = "try"  # sent to see who would pass, not to be kept


@require_http_methods(["GET", "HEAD", "POST"])
def program_criteria_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the conditions that apply to all calls of a program."""
    rows = policies.editable_programs(request.user).select_related("agency__country")
    return _editor(request, get_object_or_404(rows, slug=slug))


@require_http_methods(["GET", "HEAD", "POST"])
def call_criteria_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Edit the conditions of one call."""
    rows = policies.editable_calls(request.user).select_related("program__agency__country")
    return _editor(request, get_object_or_404(rows, public_id=public_id))


@require_POST
def program_criterion_remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Remove a condition of a program."""
    program = get_object_or_404(policies.editable_programs(request.user), slug=slug)
    return _remove(request, program, key)


@require_POST
def call_criterion_remove(request: HttpRequest, public_id: UUID, key: int) -> HttpResponse:
    """Remove a condition of a call."""
    call = get_object_or_404(policies.editable_calls(request.user), public_id=public_id)
    return _remove(request, call, key)


def _remove(request: HttpRequest, owner: Program | Call, key: int) -> HttpResponse:
    if not remove_criterion(by=person(request), owner=owner, key=key):
        raise Http404
    messages.success(request, _("Condición quitada."))
    return _back(owner)


def _back(owner: Program | Call) -> HttpResponse:
    return HttpResponse(status=SEE_OTHER, headers={"Location": _address(owner)})


def _address(owner: Program | Call) -> str:
    if isinstance(owner, Program):
        return reverse("programs:program-criteria", args=[owner.slug])
    return reverse("programs:call-criteria", args=[owner.public_id])


def _editor(request: HttpRequest, owner: Program | Call) -> HttpResponse:
    form = _form(request, owner)
    is_kept = request.method == "POST" and TRY not in request.POST
    if is_kept and form is not None and form.is_valid():
        try:
            add_criterion(by=person(request), owner=owner, content=form.content())
        except CannotAddCriterion:
            form.add_error(None, _("Ya hay demasiadas condiciones: junte o quite alguna."))
        else:
            messages.success(request, _("Condición agregada."))
            return _back(owner)
    draft = form.content() if form is not None and form.is_bound and form.is_valid() else None
    return render_page(
        request,
        "programs/criteria.html",
        _context(owner, form, draft),
        partial="live",
        status=UNPROCESSABLE if is_kept else 200,
    )


def _form(request: HttpRequest, owner: Program | Call) -> CriterionForm | None:
    """Return the form of the kind asked for: sent, being tried out, or new."""
    is_sent = request.method == "POST"
    data = request.POST if is_sent else request.GET
    chosen = FORMS.get(data.get("kind", ""))
    if chosen is None:
        return None
    program = owner if isinstance(owner, Program) else owner.program
    country = program.agency.country if program.agency else None
    return chosen(data if is_sent else None, country=country)


def _context(
    owner: Program | Call, form: CriterionForm | None, draft: CriterionContent | None
) -> dict[str, Any]:
    own = own_criteria(owner=owner)
    shared = program_criteria(program=owner.program) if isinstance(owner, Call) else []
    drafts = [draft.parameters] if draft else []
    labels = read_labels(parameters=[*(row.parameters for row in (*own, *shared)), *drafts])
    count = count_qualifying(owner=owner, draft=draft, today=timezone.now().date())
    return {
        "program": owner if isinstance(owner, Program) else owner.program,
        "call": owner if isinstance(owner, Call) else None,
        "lines": [
            (line, count.failing[line.key], count.unknown[line.key])
            for line in plain_lines(own, labels)
        ],
        "shared": plain_lines(shared, labels),
        "families": [
            (name, [(kind.value, kind.label) for kind in kinds]) for name, kinds in FAMILIES
        ],
        "form": form,
        "kind": form.kind.value if form else "",
        "count": count,
        "answers": {name: count.answers[name] for name in ("pass", "unknown", "fail")},
        "draft_sentence": _said(draft, labels),
        "draft_failing": count.failing[DRAFT_KEY],
        "here": _address(owner),
        "full": True,
    }


def _said(draft: CriterionContent | None, labels: Labels) -> str:
    if draft is None:
        return ""
    return draft.text or sentence(draft.kind, draft.parameters, draft.terms.negated, labels)

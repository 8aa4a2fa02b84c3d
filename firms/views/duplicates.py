"""Records that may be one: the queue, two side by side, and the unions made of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.stepup import ask_again, step_up
from common.htmx import render_page
from firms.forms.duplicates import FIRST, SECOND, AnswerForm
from firms.models import (
    DuplicateAnswer,
    DuplicatePair,
    DuplicatePairQuerySet,
    Organization,
    Verification,
)
from firms.policies.duplicates import (
    agreement_of_other_side,
    may_decide_alone,
    reviewable_pairs,
    seen_merges,
    undoable_merges,
)
from firms.policies.organizations import can_administer
from firms.services.duplicates.agreement import proposed, unite_or_propose
from firms.services.duplicates.answers import answer_pair
from firms.services.duplicates.comparison import Difference, differences_of
from firms.services.duplicates.merging import CannotMerge, CannotUndo, undo_merge
from firms.views.answers import OK, UNPROCESSABLE, person, see_other
from firms.views.duplicate_words import likeness_of, reasons_of, shown

PAGE_SIZE = 20
# What anyone who may see an organization may read of it; the rest is its own people's.
OPEN_FIELDS = frozenset({
    "kind", "legal_name", "trade_name", "acronym", "one_line", "description", "language",
    "country", "status", "size_class", "source",
})  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A field in which the two differ: its name, both values, and which one is marked."""

    name: str
    label: str
    kept: Any
    removed: Any
    marked: str


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List the pairs that wait for an answer, likest first, or those that were called different."""
    answered = request.GET.get("state") == "answered"
    pairs = reviewable_pairs(request.user)
    rows = pairs.answered() if answered else _waiting(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    items = [(pair, likeness_of(pair.score), reasons_of(pair.reasons)[:3]) for pair in page]
    context = {"page": page, "items": items, "answered": answered}
    return render_page(request, "firms/duplicates/queue.html", context, partial="results")


def _waiting(request: HttpRequest) -> DuplicatePairQuerySet:
    who, today = person(request), timezone.now().date()
    return reviewable_pairs(who).unanswered().not_left_by(who.pk, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show two records side by side with what a union would leave; the buttons answer."""
    pair = get_object_or_404(reviewable_pairs(request.user), public_id=public_id)
    sent = request.POST if request.method == "POST" else None
    keep = (sent or request.GET).get("keep") or _usual_side(pair)
    kept, removed = (pair.second, pair.first) if keep == SECOND else (pair.first, pair.second)
    form = AnswerForm(differences_of(kept, removed=removed), sent)
    if sent is None or not form.is_valid():
        return _pair(request, pair, form, kept, OK if sent is None else UNPROCESSABLE)
    if form.cleaned_data["answer"] == DuplicateAnswer.SAME:
        ask_again(request)
        return _unite(request, pair, form, kept)
    answer = DuplicateAnswer(form.cleaned_data["answer"])
    answer_pair(pair, by=person(request), answer=answer, now=timezone.now())
    is_later = answer == DuplicateAnswer.LATER
    messages.success(
        request,
        _("Queda para dentro de dos semanas.") if is_later else _("Anotado: son dos distintas."),
    )
    return _next(request)


def _usual_side(pair: DuplicatePair) -> str:
    """The record that somebody looks after stays, else the older one."""
    listed = [row.verification == Verification.LISTED for row in (pair.first, pair.second)]
    return SECOND if listed == [True, False] else FIRST


def _unite(
    request: HttpRequest, pair: DuplicatePair, form: AnswerForm, kept: Organization
) -> HttpResponse:
    try:
        done = unite_or_propose(
            pair, by=person(request), kept=kept, choices=form.choices(), now=timezone.now()
        )
    except CannotMerge as error:
        for text in error.messages or (_("No se pudo unir: algo más depende del otro registro."),):
            form.add_error(None, text)
        return _pair(request, pair, form, kept, UNPROCESSABLE)
    if done is None:
        messages.success(request, _("Propuesta enviada. Se unen cuando el otro lado acepte."))
        return _next(request)
    messages.success(request, _("Unidas en un solo registro. Puede deshacerlo durante 30 días."))
    return see_other("firms:organization", kept.public_id)


def _next(request: HttpRequest) -> HttpResponse:
    """Go on to the next pair that waits, or back to the queue when none does."""
    following = _waiting(request).first()
    if following is None:
        return see_other("firms:duplicates")
    return see_other("firms:duplicate", following.public_id)


def _pair(
    request: HttpRequest,
    pair: DuplicatePair,
    form: AnswerForm,
    kept: Organization,
    status: int,
) -> HttpResponse:
    removed = pair.second if kept == pair.first else pair.first
    alone = may_decide_alone(request.user, pair)
    agreed = agreement_of_other_side(request.user, pair)
    marked = dict(form.data.items()) if form.is_bound else proposed(agreed, kept=kept)
    readable = {row.pk: alone or can_administer(request.user, row) for row in (kept, removed)}
    context = {
        "pair": pair,
        "form": form,
        "kept": kept,
        "removed": removed,
        "keep": SECOND if kept == pair.second else FIRST,
        "other_side": FIRST if kept == pair.second else SECOND,
        "rows": [
            _row(each, kept, removed, marked, readable)
            for each in differences_of(kept, removed=removed)
        ],
        "likeness": likeness_of(pair.score),
        "reasons": reasons_of(pair.reasons),
        "alone": alone,
        "agreed": agreed,
        "answers": pair.decisions.select_related("decided_by").order_by("-decided_at", "-pk")[:5],
    }
    return render(request, "firms/duplicates/pair.html", context, status=status)


def _row(
    each: Difference,
    kept: Organization,
    removed: Organization,
    marked: dict[str, Any],
    readable: dict[int, bool],
) -> Row:
    field = each.fields[0]
    values = [
        shown(getattr(row, field.name), dict(field.flatchoices))
        if readable[row.pk] or each.name in OPEN_FIELDS
        else _("Solo lo ve su organización")
        for row in (kept, removed)
    ]
    chosen = marked.get(f"field-{each.name}") or marked.get(each.name) or each.default
    return Row(each.name, str(field.verbose_name), values[0], values[1], chosen)


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """List the unions that one may read about, with the way to undo the recent ones."""
    rows = seen_merges(request.user).select_related("merged_by", "undone_by")
    page = Paginator(rows.defer("journal"), PAGE_SIZE).get_page(request.GET.get("page"))
    open_ones = undoable_merges(request.user, now=timezone.now())
    ids = set(open_ones.filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    context = {"page": page, "items": [(row, row.pk in ids) for row in page]}
    return render_page(request, "firms/duplicates/merges.html", context, partial="results")


@require_POST
@step_up
def merge_undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Part two united records again."""
    merge = get_object_or_404(seen_merges(request.user), public_id=public_id)
    try:
        back = undo_merge(by=person(request), merge=merge, now=timezone.now())
    except CannotUndo as error:
        messages.error(request, _why_not(error))
        return see_other("firms:merges")
    messages.success(request, _("Deshecho: los dos registros están como antes."))
    return see_other("firms:organization", back.public_id)


def _why_not(error: CannotUndo) -> str:
    if not error.model:
        return _("Ya no se puede deshacer: pasaron 30 días o ya se deshizo.")
    return _(
        "No se puede deshacer: después de unirlas se cambió algo que venía del otro registro. "
        "Corrija los datos a mano o escriba al equipo."
    )

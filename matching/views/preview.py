"""Help while a need is being written: what it seems to be about, and how many could serve it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.forms import PreviewForm, SuggestionForm
from matching.services.classify import SCHEMES, suggest_classifications
from matching.services.preview import preview_need
from matching.services.results import SuggestedClassification
from matching.views.items import gate_items, relaxation_texts

SHOWN = 3


@login_not_required
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Count who could serve the need as far as it is written."""
    draft = PreviewForm(request.GET).draft()
    context: dict[str, object] = {"is_empty": not draft.text.strip()}
    if draft.text.strip():
        found = preview_need(draft, actor=request.user, today=timezone.localdate(), limit=SHOWN)
        context |= {
            "total": found.total,
            "ranked": found.ranked,
            "gates": gate_items(found.gates),
            "relaxations": relaxation_texts(found.gates),
        }
    return render(request, "matching/preview.html", context)


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Propose classifications for the text written so far, those already chosen left out."""
    asked = SuggestionForm(request.GET).asked()
    offered: list[SuggestedClassification] = []
    if asked.text:
        found = suggest_classifications(
            asked.text,
            language=None,
            actor=request.user,
            today=timezone.localdate(),
            schemes=(asked.scheme,) if asked.scheme else SCHEMES,
        )
        offered = [each for each in found if each.classification_id not in asked.chosen]
    context = {"offered": offered, "field": asked.field, "scheme": asked.scheme}
    return render(request, "matching/suggestions.html", context)

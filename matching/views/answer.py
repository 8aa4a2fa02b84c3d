"""A need in one sentence, answered before any sign-up, and counted while it is typed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.formats import number
from common.htmx import render_page
from firms.models import Reach, Urgency
from firms.policies import organizations_of
from matching.forms import MAX_SENTENCE, AnswerForm
from matching.forms.whole import keys_of, place_name
from matching.services.answered import answered_before
from matching.services.classify import suggest_classifications
from matching.services.preview import preview_need
from matching.services.results import MatchedOrganization, Preview
from matching.services.sentence import Sentence, read_sentence
from matching.views.items import gate_items, near_items, organization_items, relax_items

TEMPLATE = "matching/answer.html"
SHOWN = 10
SUGGESTIONS = 5


@login_not_required
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Rank the organizations that could serve a sentence, and say why; nothing is stored."""
    asked = request.GET.get("q", "").strip()
    if not asked:
        return render_page(request, TEMPLATE, {"form": AnswerForm()}, partial="answer")
    today = timezone.localdate()
    home = organizations_of(request.user).values_list("country__code", flat=True).first() or ""
    heard = read_sentence(asked[:MAX_SENTENCE], today=today, country_code=home)
    partial = "live" if request.GET.get("live") else "answer"
    form = AnswerForm(_with_recognized(request.GET, heard))
    if not form.is_valid():
        return render_page(request, TEMPLATE, {"form": form}, partial=partial, status=422)
    preview = preview_need(form.draft(), actor=request.user, today=today, limit=SHOWN)
    context = _context(request, form, preview, heard)
    return render_page(request, TEMPLATE, context, partial=partial)


def _with_recognized(query: QueryDict, heard: Sentence) -> QueryDict:
    """Fill in what the sentence itself says, until its author has seen it and decided."""
    if query.get("edited"):
        return query
    filled, told = query.copy(), heard.heard
    if heard.city and not filled.get("place"):
        filled["place"] = place_name(heard.city)
        if told.km and not filled.get("km"):
            filled["km"] = str(told.km)
    if heard.certificates and "certificates" not in filled:
        filled.setlist("certificates", [each.code for each in heard.certificates])
    said = {
        "flow": told.flow.value,
        "urgency": told.urgency,
        "deliver_by": told.deliver_by.isoformat() if told.deliver_by else "",
        "quantity": f"{number(told.quantity.amount)} {told.quantity.unit}" if told.quantity else "",
    }
    for name, value in said.items():
        filled.setdefault(name, value)
    return filled


def _context(
    request: HttpRequest, form: AnswerForm, preview: Preview, heard: Sentence
) -> dict[str, Any]:
    data = form.cleaned_data
    chosen = list(data["classifications"])
    chosen_ids = {each.pk for each in chosen}
    offered = suggest_classifications(
        data["q"],
        language=preview.language,
        actor=request.user,
        today=timezone.localdate(),
    )
    ranked = [MatchedOrganization(each) for each in preview.ranked]
    held = {"certificates": data["certificates"], "within_reach": data["km"] and data["place"]}
    held["covers_place"] = data["place"]
    return {
        "form": form,
        "preview": preview,
        "items": organization_items(ranked, need=None, actor=request.user),
        "gates": gate_items(preview.gates),
        "relax": [
            (item, _without(form.data, item.code))
            for item in relax_items(preview.gates, relaxable=[c for c, v in held.items() if v])
        ],
        "near": near_items(preview.near, actor=request.user),
        "chosen": chosen,
        "offered": [each for each in offered if each.classification_id not in chosen_ids][
            :SUGGESTIONS
        ],
        "certificates": data["certificates"],
        "hinted": [each for each in heard.hinted if each not in data["certificates"]],
        "urgency": Urgency(data["urgency"]).label if data["urgency"] else "",
        "answered": answered_before(chosen, today=timezone.localdate()),
        "carried": _carried(form),
    }


def _without(query: Mapping[str, Any], code: str) -> str:
    """Return the same question without one condition; nothing when it is not the author's."""
    dropped = _PARTS.get(code)
    if dropped is None or not isinstance(query, QueryDict):
        return ""
    kept = query.copy()
    kept["edited"] = "1"
    for name in dropped:
        kept.pop(name, None)
    return kept.urlencode()


_PARTS = {
    "certificates": ("certificates",),
    "within_reach": ("km",),
    "covers_place": ("place", "km"),
}


def _carried(form: AnswerForm) -> list[tuple[str, str]]:
    """Return the sentence and its parts as the fields of the steps that publish it."""
    data = form.cleaned_data
    city, km = data["place"], data["km"]
    reach = Reach.RADIUS if city and km else Reach.NATIONAL
    one = {
        "q": data["q"],
        "flow": data["flow"] or "pay",
        "place": place_name(city) if city else "",
        "km": str(km) if city and km else "",
        "reach": reach.value,
        "urgency": data["urgency"] or Urgency.QUARTER.value,
        "deliver_by": data["deliver_by"].isoformat() if data["deliver_by"] else "",
        "quantity": data["quantity"],
    }
    many = [("classifications", key) for key in keys_of(data["classifications"])]
    many += [("certificates", each.code) for each in data["certificates"]]
    return [*one.items(), *many]

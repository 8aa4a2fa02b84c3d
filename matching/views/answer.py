"""A need in one sentence, answered before any sign-up."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.catalog import classification_key
from clusters.models import City
from common.htmx import render_page
from firms.models import Reach
from firms.policies import organizations_of
from matching.forms import MAX_SENTENCE, AnswerForm
from matching.services.classify import suggest_classifications
from matching.services.preview import preview_need
from matching.services.results import MatchedOrganization, Preview
from matching.services.sentence import read_sentence
from matching.views.items import gate_items, organization_items, relaxation_texts

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
    form = AnswerForm(_with_recognized(request))
    if not form.is_valid():
        return render_page(request, TEMPLATE, {"form": form}, partial="answer", status=422)
    draft = form.draft()
    today = timezone.localdate()
    preview = preview_need(draft, actor=request.user, today=today, limit=SHOWN)
    context = _context(request, form, preview)
    return render_page(request, TEMPLATE, context, partial="answer")


def _with_recognized(request: HttpRequest) -> QueryDict:
    """Fill in what the sentence itself says, until its author has seen it and decided."""
    query = request.GET
    if query.get("edited"):
        return query
    home = organizations_of(request.user).values_list("country__code", flat=True)
    heard = read_sentence(query.get("q", "")[:MAX_SENTENCE], country_code=home.first() or "")
    filled = query.copy()
    if heard.city and not filled.get("place"):
        filled["place"] = _named(heard.city)
        if heard.km and not filled.get("km"):
            filled["km"] = str(heard.km)
    if heard.certificates and "certificates" not in filled:
        filled.setlist("certificates", [each.code for each in heard.certificates])
    return filled


def _named(city: City) -> str:
    """Name a city with its division, so that a namesake is not taken for it."""
    return f"{city}, {city.admin_unit or city.country}"


def _context(request: HttpRequest, form: AnswerForm, preview: Preview) -> dict[str, Any]:
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
    return {
        "form": form,
        "preview": preview,
        "items": organization_items(ranked, need=None, actor=request.user),
        "gates": gate_items(preview.gates),
        "relaxations": relaxation_texts(preview.gates),
        "chosen": chosen,
        "offered": [each for each in offered if each.classification_id not in chosen_ids][
            :SUGGESTIONS
        ],
        "certificates": data["certificates"],
        "publish_url": f"{reverse('firms:need-create')}?{_publish_query(form)}",
    }


def _publish_query(form: AnswerForm) -> str:
    """Carry the sentence and its parts to the form that publishes it."""
    data = form.cleaned_data
    carried = QueryDict(mutable=True)
    carried["q"] = data["q"]
    if data["place"]:
        carried["city"] = str(data["place"].geonames_id)
    if data["place"] and data["km"]:
        carried["reach"], carried["reach_km"] = Reach.RADIUS.value, str(data["km"])
    carried.setlist("classifications", [classification_key(e) for e in data["classifications"]])
    carried.setlist("required_certificates", [each.code for each in data["certificates"]])
    return carried.urlencode()

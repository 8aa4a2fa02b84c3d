"""Writing a need in five short steps; anyone may begin, and nothing that was said is lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import BaseThrottle

from accounts.models import User
from accounts.services.buckets import take_token
from common.htmx import render_page, wants_partial
from firms.listing_words import refusal
from firms.models import ListingStatus
from firms.policies import editable_organizations
from firms.services.listings import CannotChangeListing, CannotPublish
from matching.forms.whole import WrittenNeed, answers_in
from matching.forms.writing import REVIEW, SENTENCE, STEPS, WHAT, WHERE, SentenceStep
from matching.models import NeedSketch
from matching.policies import own_sketches
from matching.services import sketches
from matching.services.templates import INTERVIEW, sectors
from matching.views.writing_shown import step_context

HELD = "need_sketches"  # where a browser's session keeps the addresses of its sketches
MAX_HELD = 5
PER_MINUTE = 10
SELL = "sell"
UNPROCESSABLE = 422


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_start(request: HttpRequest) -> HttpResponse:
    """Show how needs begin and those left unfinished, or begin one with its first answers."""
    sector = (request.POST or request.GET).get("sector", "")
    is_interview = sector == INTERVIEW and _acting(request)
    sector = "" if sector == INTERVIEW and not is_interview else sector
    form = SentenceStep(sector=sector, initial={"sector": sector, "flow": "pay", **_asked(request)})
    if request.method == "POST":
        form = SentenceStep(_with_flow(request.POST), sector=sector)
        if form.is_valid():
            return _begin(request, form, is_interview=is_interview)
    context = {
        "form": form,
        "sectors": sectors(),
        "sector": sector,
        "is_interview": is_interview,
        "may_interview": _acting(request),
        "open_sketches": own_sketches(request.user, held=_held(request)).open()[:MAX_HELD],
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render_page(request, "matching/write.html", context, partial="begin", status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Show a step with who could serve the need so far; keep its answers and go on."""
    if step not in STEPS:
        raise Http404
    mine = own_sketches(request.user, held=_held(request))
    sketch = get_object_or_404(mine.select_related("organization"), public_id=public_id)
    if sketch.finished_at:
        return _published(sketch)
    if request.method == "POST":
        return _review(request, sketch) if step == REVIEW else _keep(request, sketch, step)
    answers = dict(sketch.answers)
    if wants_partial(request) and request.GET.get("live"):
        answers[step] = answers_in(request.GET)
    need = _need(request, sketch, answers)
    if step == REVIEW and need.first_open != REVIEW:
        return _to(sketch, need.first_open)
    return _page(request, sketch, need, step)


def _begin(request: HttpRequest, form: SentenceStep, *, is_interview: bool) -> HttpResponse:
    if form.cleaned_data["flow"] == SELL:
        return _sell(form.cleaned_data["q"])
    by = _person(request)
    if by is None and take_token(
        scope="need-sketch", actor=_address(request), per_minute=PER_MINUTE
    ):
        messages.error(request, _("Demasiados intentos seguidos. Espere un minuto y siga."))
        return _see(reverse("matching:write"))
    organization = editable_organizations(request.user).first() if is_interview else None
    try:
        sketch = sketches.start_sketch(
            by=by,
            step=SENTENCE,
            answers=answers_in(_with_flow(request.POST)),
            organization=organization,
            is_interview=is_interview,
        )
    except sketches.CannotStartSketch:
        messages.error(request, _("Tiene muchas necesidades a medio escribir. Descarte alguna."))
        return _see(reverse("matching:write"))
    if by is None:
        held = [str(sketch.public_id), *request.session.get(HELD, [])]
        request.session[HELD] = held[:MAX_HELD]
    return _to(_with_confirmed(request, sketch), WHAT)


def _with_confirmed(request: HttpRequest, sketch: NeedSketch) -> NeedSketch:
    """Keep what was confirmed beside the sentence before there was a sketch."""
    for step, names in _CONFIRMED.items():
        said = {name: request.POST.getlist(name) for name in names if name in request.POST}
        if said:
            sketch = sketches.save_step(
                sketch=sketch, by=_person(request), step=step, answers=said, reached=WHAT
            )
    return sketch


_CONFIRMED = {
    WHAT: ("classifications", "certificates", "quantity"),
    WHERE: ("place", "km", "reach", "urgency", "deliver_by"),
}


def _keep(request: HttpRequest, sketch: NeedSketch, step: str) -> HttpResponse:
    """Keep what was sent, right or wrong; go where the button says if that is possible."""
    intent = request.POST.get("intent", "next")
    if intent == "discard":
        return _discard(request, sketch)
    answers = answers_in(request.POST)
    need = _need(request, sketch, {**sketch.answers, step: answers})
    form = need.form(step)
    is_right = form.is_valid()
    index = STEPS.index(step)
    following = STEPS[index + 1] if is_right and intent == "next" else step
    try:
        sketch = sketches.save_step(
            sketch=sketch, by=_person(request), step=step, answers=answers, reached=following
        )
    except sketches.CannotChangeSketch:
        return _published(sketch)
    if request.POST.get("relax"):
        return _relax(request, sketch, step)
    if is_right and step == SENTENCE and form.cleaned_data.get("flow") == SELL:
        return _sell(form.cleaned_data["q"])
    if intent == "back" and index:
        return _to(sketch, STEPS[index - 1])
    if is_right and intent != "stay":
        return _to(sketch, following)
    return _page(request, sketch, need, step)


def _relax(request: HttpRequest, sketch: NeedSketch, step: str) -> HttpResponse:
    """Let go of one condition, which the page says, and count anew."""
    need = _need(request, sketch, sketch.answers)
    changed = need.without(request.POST["relax"])
    if changed is not None:
        changed_step, answers = changed
        sketches.save_step(
            sketch=sketch, by=_person(request), step=changed_step, answers=answers, reached=step
        )
        messages.success(request, _("Condición aflojada. Puede volver a ponerla en su paso."))
    return _to(sketch, step)


def _review(request: HttpRequest, sketch: NeedSketch) -> HttpResponse:
    """Publish, or lead to what is still missing: an account, an organization."""
    if request.POST.get("intent") == "discard":
        return _discard(request, sketch)
    if request.POST.get("relax"):
        return _relax(request, sketch, REVIEW)
    need, by = _need(request, sketch, sketch.answers), _person(request)
    if need.first_open != REVIEW:
        return _to(sketch, need.first_open)
    if by is None:
        here = reverse("matching:write-step", args=[sketch.public_id, REVIEW])
        return _see(f"{reverse('account_signup')}?{_query(next=here)}")
    sketch = sketches.adopt_sketch(sketch=sketch, by=by)
    if need.organization is None:
        messages.info(request, _("Su necesidad quedó guardada: registre su organización y siga."))
        return _see(reverse("firms:organization-create"))
    return _publish(request, sketch, need, by)


def _publish(request: HttpRequest, sketch: NeedSketch, need: WrittenNeed, by: User) -> HttpResponse:
    organization = need.organization
    if organization is None:
        raise Http404
    try:
        published = sketches.publish_sketch(
            sketch=sketch,
            by=by,
            organization=organization,
            content=need.content(organization),
            now=timezone.now(),
        )
    except CannotPublish as error:
        messages.error(request, _not_published(error))
        return _page(request, sketch, need, REVIEW, status=UNPROCESSABLE)
    except (CannotChangeListing, sketches.CannotChangeSketch):
        messages.error(request, _("Su organización no está activa: no puede publicar."))
        return _page(request, sketch, need, REVIEW, status=UNPROCESSABLE)
    if published.status == ListingStatus.PUBLISHED:
        messages.success(request, _("Publicada. Ya buscamos quién puede."))
    else:
        messages.success(request, _("Recibida: una persona de Racimo la mira antes de publicarla."))
    return _see(reverse("matching:for-need", args=[published.public_id]))


def _not_published(error: CannotPublish) -> str:
    told = ", ".join(found.words for found in error.findings if found.words)
    if told:
        return _("Pidió no mostrar su nombre, y el texto lo deja ver: %(words)s.") % {"words": told}
    return refusal(error)


def _discard(request: HttpRequest, sketch: NeedSketch) -> HttpResponse:
    sketches.discard_sketch(sketch=sketch)
    messages.success(request, _("Descartada."))
    return _see(reverse("matching:write"))


def _page(
    request: HttpRequest, sketch: NeedSketch, need: WrittenNeed, step: str, status: int = 200
) -> HttpResponse:
    context = step_context(need, step, actor=request.user, today=timezone.localdate())
    context |= {"sketch": sketch, "is_signed_in": request.user.is_authenticated}
    if request.method == "POST" and step != REVIEW and not need.form(step).is_valid():
        status = UNPROCESSABLE
    return render_page(request, "matching/write_step.html", context, partial="count", status=status)


def _need(request: HttpRequest, sketch: NeedSketch, answers: dict[str, Any]) -> WrittenNeed:
    own = editable_organizations(request.user).active().select_related("country")
    organizations = list(own.order_by("legal_name", "pk"))
    if sketch.is_interview:  # a member's need is published for that member or not at all
        organizations = [each for each in organizations if each.pk == sketch.organization_id]
    return WrittenNeed(answers, organizations=organizations, today=timezone.localdate())


def _with_flow(sent: QueryDict) -> QueryDict:
    """Let a sentence alone begin a need: its author pays until they say otherwise."""
    filled = sent.copy()
    filled.setdefault("flow", "pay")
    return filled


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"q": request.GET["q"][:500]} if request.GET.get("q") else {}


def _acting(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.acting_for_id is not None


def _held(request: HttpRequest) -> list[UUID]:
    return [UUID(each) for each in request.session.get(HELD, [])]


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _address(request: HttpRequest) -> str:
    return f"address:{BaseThrottle().get_ident(request)}"  # type: ignore[arg-type]  # reads META


def _published(sketch: NeedSketch) -> HttpResponse:
    if sketch.need is None:
        raise Http404
    return _see(reverse("matching:for-need", args=[sketch.need.public_id]))


def _sell(sentence: str) -> HttpResponse:
    return _see(f"{reverse('firms:offer-create')}?{_query(q=sentence)}")


def _to(sketch: NeedSketch, step: str) -> HttpResponse:
    return _see(reverse("matching:write-step", args=[sketch.public_id, step]))


def _see(url: str) -> HttpResponse:
    return HttpResponseRedirect(url, status=303)


def _query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()

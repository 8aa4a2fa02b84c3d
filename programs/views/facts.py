"""Answering what a program asks and nobody knows yet."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from firms.forms.fields import CURRENCY_OF
from firms.models import Organization
from firms.policies import organizations_of
from programs import policies
from programs.eligibility.facts import FactName
from programs.eligibility.told import FORMS, OF_PROJECT
from programs.forms.answers import Setting, answer_form
from programs.models import Call
from programs.phrases.facts import fact_label
from programs.services.answers import CannotAnswer, Question, answer_fact, current_answer
from programs.services.asked import asked_words
from programs.views.answers import SEE_OTHER, UNPROCESSABLE, person, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def fact_answer(request: HttpRequest, public_id: UUID, fact: str) -> HttpResponse:
    """Ask one fact of an organization, and keep the answer."""
    organization = get_object_or_404(organizations_of(request.user), public_id=public_id)
    if not policies.can_declare_for(request.user, organization) or fact not in FORMS:
        raise Http404
    name, call = FactName(fact), _call(request)
    if name in OF_PROJECT and call is None:
        raise Http404
    today = timezone.now().date()
    question = Question(organization, name, call)
    form = answer_form(
        name,
        request.POST if request.method == "POST" else None,
        stored=current_answer(question=question),
        setting=Setting(
            asked_words(fact=name),
            today,
            CURRENCY_OF.get(organization.country.country_code, "USD"),
        ),
    )
    if request.method == "POST" and form.is_valid():
        try:
            answer_fact(by=person(request), question=question, value=form.value(), today=today)
        except CannotAnswer:
            form.add_error(None, _("No entendimos la respuesta: revísela."))
        else:
            messages.success(request, _kept(name))
            return _after(organization, call)
    context = {
        "organization": organization,
        "call": call,
        "label": fact_label(name),
        "form": form,
        "is_project": name in OF_PROJECT,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "programs/fact_answer.html", context, status=status)


def _kept(fact: FactName) -> str:
    if fact in OF_PROJECT:
        return _("Es de este proyecto: sirve solo para esta convocatoria.")
    return _("Respuesta guardada. Sirve para todos los programas.")


def _after(organization: Organization, call: Call | None) -> HttpResponse:
    """Lead to the call that asked, judged anew, or to all programs."""
    if call is None:
        return see_other("programs:for-organization", organization.public_id)
    address = reverse("programs:call", args=[call.public_id])
    return HttpResponseRedirect(
        f"{address}?organization={organization.public_id}", status=SEE_OTHER
    )


def _call(request: HttpRequest) -> Call | None:
    """Return the call that the question is about, if it names one that the reader may see."""
    text = request.POST.get("call") or request.GET.get("call", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(policies.visible_calls(request.user), public_id=key)

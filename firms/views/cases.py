"""What people outside the team do about cases: report, read a decision, appeal it once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from firms import policies
from firms.forms.moderation import AppealForm, ReportForm
from firms.models import ReasonClass
from firms.services import decisions
from firms.services.moderation.reports import CannotReport, report_thing
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

REFUSED = {
    "known": gettext_lazy("Ya nos avisó de esto; lo estamos mirando."),
    "many": gettext_lazy("Hoy ya nos avisó de muchas cosas. Siga mañana, por favor."),
}


@dataclass(frozen=True)
class Reportable:
    """A kind of thing that can be reported: who sees it, and where its page is."""

    visible: Callable[[Any], Any]
    page: str


ORGANIZATION = Reportable(policies.visible_organizations, "firms:organization")
NEED = Reportable(policies.visible_needs, "firms:need")
OFFER = Reportable(policies.visible_offers, "firms:offer")


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: UUID, kind: Reportable) -> HttpResponse:
    """Tell the team that something about a visible thing is wrong."""
    thing = get_object_or_404(kind.visible(request.user), public_id=public_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _reported(request, thing, form):
        return see_other(kind.page, public_id)
    context = {"form": form, "thing": thing, "page": kind.page}
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/moderation/report.html", context, status=status)


def _reported(request: HttpRequest, thing: Any, form: ReportForm) -> bool:
    given = form.cleaned_data
    try:
        report_thing(
            by=person(request),
            thing=thing,
            reason=ReasonClass(given["reason"]),
            text=given["text"],
            now=timezone.now(),
        )
    except CannotReport as error:
        form.add_error(None, str(REFUSED[error.reason]))
        return False
    messages.success(request, _("Gracias. Lo miraremos; nadie sabrá que fue usted."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def case_appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what was decided and why, and take the one appeal."""
    case = get_object_or_404(policies.own_cases(request.user), public_id=public_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        who = person(request)
        text = form.cleaned_data["appeal"]
        try:
            decisions.appeal_case(by=who, case=case, text=text, now=timezone.now())
        except decisions.CannotDecide:
            messages.error(request, _("Este caso ya se apeló, o no admite apelación."))
        else:
            messages.success(request, _("Recibimos su apelación. La mirará otra persona."))
        return see_other("firms:case-appeal", public_id)
    context = {
        "case": case,
        "form": form,
        "decisions": case.decisions.all(),
        "may_appeal": decisions.may_appeal(case, by=person(request)),
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/moderation/appeal.html", context, status=status)

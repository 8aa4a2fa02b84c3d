"""Consenting that others act for an organization, acting for one, and for whom one speaks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.stepup import ask_again
from firms import policies
from firms.forms.people import ConsentForm
from firms.policies.acting import SESSION_KEY, usable_delegations
from firms.services import acting
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

SPEAKS_FOR = "speaks_for"  # the own organization that forms begin with


@require_safe
def acting_page(request: HttpRequest) -> HttpResponse:
    """List the organizations that let one's own act in their name."""
    context = {"delegations": usable_delegations(person(request))}
    return render(request, "firms/people/acting.html", context)


@require_POST
def acting_start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin to act for half an hour."""
    delegation = get_object_or_404(usable_delegations(person(request)), public_id=public_id)
    ask_again(request)
    try:
        session = acting.start_acting(by=person(request), delegation=delegation, now=timezone.now())
    except acting.CannotAct:
        messages.error(request, _("No se puede: ya no comparten clúster ni país."))
        return see_other("firms:acting")
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(session.public_id)
    return see_other("firms:organization", delegation.organization.public_id)


@require_POST
def acting_stop(request: HttpRequest) -> HttpResponse:
    """Act for oneself again."""
    acting.stop_acting(by=person(request), now=timezone.now())
    if request.session.pop(SESSION_KEY, None):
        messages.success(request, _("Vuelve a actuar por usted."))
    return see_other("firms:acting")


@require_POST
def speak_for(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose with which of one's own organizations forms begin."""
    own = get_object_or_404(policies.organizations_of(request.user), public_id=public_id)
    request.session[SPEAKS_FOR] = str(own.public_id)
    said = _("Desde ahora publica por %(organization)s.") % {"organization": own.name}
    messages.success(request, said)
    return see_other("firms:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who may act for the organization and what they did; an administrator consents."""
    posts = request.method == "POST"
    theirs = policies.administered_organizations if posts else policies.organizations_of
    organization = get_object_or_404(theirs(request.user), public_id=public_id)
    form = ConsentForm(request.POST if posts else None, of=organization)
    if form.is_valid():
        ask_again(request)
        try:
            acting.give_consent(
                by=person(request),
                organization=organization,
                delegate=form.cleaned_data["delegate"],
                now=timezone.now(),
            )
        except acting.CannotDelegate:
            form.add_error("delegate", _("Ya tiene su permiso, o no puede recibirlo."))
        else:
            messages.success(request, _("Permiso dado. Puede retirarlo cuando quiera."))
            return see_other("firms:consents", public_id)
    context = {
        "organization": organization,
        "form": form,
        "may_consent": policies.can_administer(request.user, organization),
        "consents": acting.consents_of(organization),
        "writes": acting.writes_in_the_name_of(organization),
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/people/consents.html", context, status=status)


@require_POST
def consent_end(request: HttpRequest, public_id: UUID, consent_id: UUID) -> HttpResponse:
    """Take a consent back."""
    organization = get_object_or_404(
        policies.administered_organizations(request.user), public_id=public_id
    )
    rows = organization.delegations_given.select_related("organization")
    delegation = get_object_or_404(rows, public_id=consent_id)
    try:
        acting.take_back_consent(by=person(request), delegation=delegation, now=timezone.now())
    except acting.CannotDelegate:
        messages.info(request, _("Ese permiso ya estaba retirado."))
    else:
        messages.success(request, _("Permiso retirado. Desde ahora no pueden actuar por ustedes."))
    return see_other("firms:consents", public_id)

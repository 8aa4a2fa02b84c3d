"""What a person reads by mail, and the way out that every mail carries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.forms_notices import NotificationsForm
from accounts.http import SignedInRequest
from accounts.models import MailKind
from accounts.services import notices


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: SignedInRequest) -> HttpResponse:
    """Show and keep the pace of each kind of mail."""
    user = request.user
    first = {
        **notices.paces_of(user),
        "hour": user.mail_hour,
        "weekday": user.mail_weekday,
        "time_zone": user.time_zone,
    }
    form = NotificationsForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        chosen = form.cleaned_data
        notices.choose_paces(by=user, paces={kind: chosen[kind] for kind in MailKind.values})
        moment = {name: chosen[name] for name in ("time_zone", "hour", "weekday")}
        notices.choose_moment(by=user, **moment)
        messages.success(request, _("Cambios guardados."))
        response = redirect("accounts:notifications")
        response.status_code = 303
        return response
    status = 422 if form.errors else 200
    return render(request, "accounts/notifications.html", {"form": form}, status=status)


@csrf_exempt  # mail programs post here without a page of ours; the link itself is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether mails shall stop; the button, or a mail program's one click, stops them."""
    leaving = notices.leaving_of(token)
    context: dict[str, object] = {"leaving": leaving}
    if leaving is None:
        return render(request, "accounts/unsubscribe.html", context, status=404)
    context["kinds"] = [kind.label for kind in leaving.kinds]
    if request.method == "POST" and "again" in request.POST:
        sent = request.POST.dict()
        notices.come_back(leaving, paces={k: str(sent.get(f"mail-{k}", "")) for k in leaving.kinds})
        context["state"] = "back"
    elif request.method == "POST":
        context |= {"state": "gone", "before": notices.leave(leaving)}
    return render(request, "accounts/unsubscribe.html", context)

"""The address by which a person is known, and its change."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import EmailForm
from accounts.http import SignedInRequest
from accounts.policies import waiting_email_change
from accounts.second_factor import has_second_factor
from accounts.services import emails
from accounts.stepup import ask_again, step_up


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def email(request: SignedInRequest) -> HttpResponse:
    """Show one's address and ask for another; a link to the new one confirms it."""
    form = EmailForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if form.is_valid():
        try:
            emails.request_email_change(by=request.user, now=now, **form.cleaned_data)
        except emails.CannotChangeEmail:
            form.add_error("email", _("Ese ya es su correo."))
        else:
            messages.success(request, _("Le enviamos un enlace al correo nuevo. Ábralo hoy."))
            return _see("accounts:email")
    context = {"form": form, "waiting": waiting_email_change(request.user, now)}
    status = 422 if form.errors else 200
    return render(request, "accounts/email.html", context, status=status)


@require_POST
def email_withdraw(request: SignedInRequest) -> HttpResponse:
    """Take back a change that waits for the new address."""
    emails.withdraw_email_change(by=request.user, now=timezone.now())
    messages.success(request, _("Su correo sigue siendo el de antes."))
    return _see("accounts:email")


@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: SignedInRequest, token: str) -> HttpResponse:
    """Show what a mailed link changes; the button does it."""
    now = timezone.now()
    change = emails.find_change(by=request.user, token=token, now=now)
    if change is None:
        return render(request, "accounts/email_confirm.html", {"change": None}, status=404)
    if request.method != "POST":
        return render(request, "accounts/email_confirm.html", {"change": change})
    request.session.cycle_key()
    key = request.session.session_key
    try:
        emails.confirm_email_change(by=request.user, token=token, session_key=key, now=now)
    except emails.CannotChangeEmail:
        return render(request, "accounts/email_confirm.html", {"change": None}, status=404)
    messages.success(request, _("Listo: desde ahora entra con su correo nuevo."))
    return _see("accounts:email")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def email_undo(request: HttpRequest, token: str) -> HttpResponse:
    """Let the old address take the account back."""
    now = timezone.now()
    change = emails.find_undo(token=token, now=now)
    context = {"change": change, "is_undone": False}
    if change and request.method == "POST":
        try:
            emails.undo_email_change(token=token, now=now)
        except emails.CannotChangeEmail:
            context["change"] = change = None
        else:
            context["is_undone"] = True
    status = 200 if change else 404
    return render(request, "accounts/email_undo.html", context, status=status)


def password_change(request: SignedInRequest) -> HttpResponseBase:
    """Change the password; who has a second factor shows it, the old password is asked anyway."""
    if request.method == "POST" and has_second_factor(request.user):
        ask_again(request)
    answer: HttpResponseBase = allauth_views.password_change(request)
    return answer


def _see(name: str) -> HttpResponse:
    response = redirect(name)
    response.status_code = 303
    return response

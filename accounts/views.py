"""A person's own settings and tokens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import SettingsForm, TokenForm
from accounts.http import SignedInRequest
from accounts.languages import site_language
from accounts.policies import tokens_of
from accounts.services.profile import update_settings
from accounts.services.tokens import CannotCreateToken, create_token, revoke_token
from accounts.stepup import step_up


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Show and keep one's name and language."""
    user = request.user
    first = {"name": user.name, "language": user.language}
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        user = update_settings(by=user, **form.cleaned_data)
        messages.success(request, _("Cambios guardados."))
        own = translate_url(reverse("accounts:settings"), site_language(user.language))
        return HttpResponseRedirect(own, status=303)
    status = 422 if form.errors else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def tokens(request: SignedInRequest) -> HttpResponse:
    """List one's tokens and create one; its text is shown in this answer and never again."""
    form = TokenForm(request.POST or None)
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = create_token(by=request.user, now=timezone.now(), **form.cleaned_data)
            form = TokenForm()
        except CannotCreateToken as error:
            form.add_error(None, str(error))
    context = {"form": form, "new_token": text, "tokens": tokens_of(request.user)}
    status = 422 if form.errors else 200
    return render(request, "accounts/tokens.html", context, status=status)


@require_POST
def token_revoke(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Close one of one's own tokens."""
    token = get_object_or_404(tokens_of(request.user), public_id=public_id)
    revoke_token(by=request.user, token=token, now=timezone.now())
    messages.success(request, _("Retiramos la clave. Ya no abre nada."))
    return redirect("accounts:tokens")

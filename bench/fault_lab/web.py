"""The product's addresses, and one that publishes a need by the product's own services."""

import os

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bench.fault_lab import naive
from clusters.models import AdminUnit, Classification
from common import mail
from firms.models import Membership, Need
from firms.services.listings import (
    CannotChangeListing,
    NeedContent,
    create_need,
    place_of,
    publish_need,
)
from registry.urls import handler500
from registry.urls import urlpatterns as product

__all__ = ["handler500", "urlpatterns"]

MAIL_EVERY = 10
IS_NAIVE = os.environ.get("RACIMO_LAB_DESIGN") == "naive"


@csrf_exempt
@login_not_required
@require_POST
def publish(request: HttpRequest) -> JsonResponse:
    """Publish one more need; every tenth also writes a mail."""
    membership = Membership.objects.select_related("user", "organization__country").earliest("pk")
    number = int(request.POST["number"])
    place = place_of(where=AdminUnit.objects.get(level=1))
    content = NeedContent(
        title=f"Etiquetas autoadhesivas para botellas {number}",
        place=place,
        classifications=list(Classification.objects.all()),
    )
    try:
        need = _publish(membership, content, number)
    except CannotChangeListing as error:
        return JsonResponse({"refused": str(error)}, status=409)
    return JsonResponse({"need": need.pk})


@transaction.atomic
def _publish(membership: Membership, content: NeedContent, number: int) -> Need:
    person, now = membership.user, timezone.now()
    need = create_need(by=person, organization=membership.organization, content=content, now=now)
    need = publish_need(by=person, need=need, now=now)
    if number % MAIL_EVERY == 0:
        mail.send("ana@ejemplo.org", "Publicada", f"{need.pk}", dedup=f"need:{need.pk}")
    if IS_NAIVE:
        naive.publish_message(need)
    return need


urlpatterns = [path("publish", publish, name="publish"), *product]

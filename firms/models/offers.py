"""What an organization provides."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from firms.models.listings import Listing, ListingQuerySet


class OfferKind(models.TextChoices):
    """What is offered."""

    PRODUCT = "product", _("Producto")
    SERVICE = "service", _("Servicio")
    CAPACITY = "capacity", _("Capacidad disponible")
    TECHNOLOGY = "technology", _("Tecnología")


@tracked("organization", key="organization_id", item=("offer", "id"))
class Offer(Listing):
    """A product, service, capacity or technology that an organization provides."""

    kind = models.CharField(_("tipo"), max_length=10, choices=OfferKind.choices)
    advantages = models.TextField(
        _("ventaja frente a la alternativa habitual"), max_length=2_000, blank=True
    )

    objects = ListingQuerySet["Offer"].as_manager()

    class Meta(Listing.Meta):
        verbose_name = _("oferta")
        verbose_name_plural = _("ofertas")

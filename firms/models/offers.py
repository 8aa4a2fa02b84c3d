"""What an organization provides."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from firms.models.listing_choices import OfferKind, PriceModel
from firms.models.listings import Listing, ListingQuerySet


@tracked("organization", key="organization_id", item=("offer", "id"))
class Offer(Listing):
    """A product, service, capacity or technology that an organization provides."""

    kind = models.CharField(_("tipo"), max_length=10, choices=OfferKind.choices)
    advantages = models.TextField(
        _("ventaja frente a la alternativa habitual"), max_length=2_000, blank=True
    )

    price_model = models.CharField(
        _("cómo se cobra"), max_length=10, choices=PriceModel.choices, blank=True
    )
    price_min = models.DecimalField(
        _("precio desde"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_max = models.DecimalField(
        _("precio hasta"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    capacity = models.CharField(_("capacidad"), max_length=200, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(
        _("plazo de entrega en días"), null=True, blank=True
    )
    minimum_order = models.CharField(_("pedido mínimo"), max_length=120, blank=True)

    objects = ListingQuerySet["Offer"].as_manager()

    class Meta(Listing.Meta):
        verbose_name = _("oferta")
        verbose_name_plural = _("ofertas")
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(price_min__isnull=True)
                | Q(price_max__isnull=True)
                | Q(price_max__gte=F("price_min")),
                name="offer_price_in_order",
                violation_error_message=_("El precio máximo es menor que el mínimo."),
            ),
            models.CheckConstraint(
                condition=Q(price_min__isnull=True, price_max__isnull=True) | ~Q(currency=""),
                name="offer_price_has_currency",
                violation_error_message=_("Indique la moneda del precio."),
            ),
        ]

    @property
    def is_technology(self) -> bool:
        """Whether it offers a technology, with the facts of one."""
        return self.kind == OfferKind.TECHNOLOGY

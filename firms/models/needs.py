"""What an organization seeks."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import CertificateStandard
from common.history import tracked
from firms.models.listing_choices import Decider, NeedKind, Urgency
from firms.models.listings import UNSHOWN, Listing, ListingQuerySet
from firms.models.organizations import SizeClass


@tracked("organization", key="organization_id", item=("need", "id"))
class Need(Listing):
    """A product, service or partner that an organization seeks; reach says how far it looks."""

    kind = models.CharField(
        _("tipo"), max_length=10, choices=NeedKind.choices, default=NeedKind.PRODUCT
    )
    specification = models.TextField(
        _("especificación o experiencia buscada"), max_length=2_000, blank=True
    )
    urgency = models.CharField(
        _("urgencia"), max_length=10, choices=Urgency.choices, default=Urgency.QUARTER
    )
    deliver_by = models.DateField(_("para el"), null=True, blank=True)
    closes_on = models.DateField(_("recibe cotizaciones hasta"), null=True, blank=True)
    delivery_place = models.CharField(_("lugar de entrega"), max_length=200, blank=True)
    decider = models.CharField(
        _("quién decide"), max_length=10, choices=Decider.choices, blank=True
    )
    required_certificates = models.ManyToManyField(
        CertificateStandard,
        verbose_name=_("certificados exigidos"),
        related_name="needs_requiring",
        blank=True,
    )
    wanted_sizes = ArrayField(
        models.CharField(max_length=8, choices=SizeClass.choices),
        verbose_name=_("tamaño preferido"),
        default=list,
        blank=True,
    )
    budget_min = models.DecimalField(
        _("presupuesto desde"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_max = models.DecimalField(
        _("presupuesto hasta"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    is_budget_shown = models.BooleanField(_("mostrar el presupuesto"), default=True)

    max_renewals: ClassVar[int] = 2

    objects = ListingQuerySet["Need"].as_manager()

    class Meta(Listing.Meta):
        verbose_name = _("necesidad")
        verbose_name_plural = _("necesidades")
        constraints = [
            *Listing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(budget_min__isnull=True)
                | Q(budget_max__isnull=True)
                | Q(budget_max__gte=F("budget_min")),
                name="need_budget_in_order",
                violation_error_message=_("El presupuesto máximo es menor que el mínimo."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=NeedKind.QUOTE)
                | Q(status__in=UNSHOWN)
                | Q(closes_on__isnull=False),
                name="need_quote_has_closing_day",
                violation_error_message=_("Indique hasta cuándo recibe cotizaciones."),
            ),
            models.CheckConstraint(
                condition=Q(budget_min__isnull=True, budget_max__isnull=True) | ~Q(currency=""),
                name="need_budget_has_currency",
                violation_error_message=_("Indique la moneda del presupuesto."),
            ),
        ]

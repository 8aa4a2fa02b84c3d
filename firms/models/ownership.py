"""Whose an organization is, and which organizations are one legal group."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Public, Timestamped
from firms.models.figures import PERCENT
from firms.models.organizations import Organization


@tracked("organization", key="organization_id")
class Ownership(Timestamped):
    """Shares in foreign and public hands, and the largest group behind an organization."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="ownership")
    foreign_pct = models.DecimalField(
        _("capital extranjero, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    public_pct = models.DecimalField(
        _("capital público, en %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
    )
    largest_group = models.CharField(_("grupo al que pertenece"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("propiedad")
        verbose_name_plural = _("propiedad")
        ordering: ClassVar = ["organization"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(foreign_pct__isnull=True) | Q(foreign_pct__range=(0, 100)))
                & (Q(public_pct__isnull=True) | Q(public_pct__range=(0, 100))),
                name="ownership_shares_in_range",
                violation_error_message=_("Un porcentaje va de 0 a 100."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}"


class OwnershipLinkQuerySet(models.QuerySet["OwnershipLink"]):
    """Named sets of links."""

    def in_force_on(self, day: dt.date) -> Self:
        """Keep those that the owned side has said, between their dates."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day),
            Q(until__isnull=True) | Q(until__gte=day),
            owned_confirmed_on__isnull=False,
        )


@tracked("organization", key="owned_id", item=("owner", "owner_id"))
class OwnershipLink(Public):
    """An organization holds a share of another, between two dates, as one or both ends say.

    Only what the owned end says counts: nobody is drawn into a group by what others claim.
    """

    owner = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("dueña"), related_name="ownership_links_down"
    )
    owned = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name=_("participada"),
        related_name="ownership_links_up",
    )
    percentage = models.DecimalField(
        _("participación, en %"), max_digits=5, decimal_places=2, validators=PERCENT
    )
    since = models.DateField(_("desde"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)
    owner_confirmed_on = models.DateField(_("dicho por la dueña"), null=True, blank=True)
    owned_confirmed_on = models.DateField(_("dicho por la participada"), null=True, blank=True)

    objects = OwnershipLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("vínculo de propiedad")
        verbose_name_plural = _("vínculos de propiedad")
        ordering: ClassVar = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner=F("owned")),
                name="ownership_link_between_two",
                violation_error_message=_("Una organización no es dueña de sí misma."),
            ),
            models.CheckConstraint(
                condition=Q(percentage__gt=0, percentage__lte=100),
                name="ownership_link_percentage_in_range",
                violation_error_message=_("La participación va de 0 a 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="ownership_link_dates_in_order",
                violation_error_message=_("El vínculo termina antes de empezar."),
            ),
            models.CheckConstraint(
                condition=Q(owner_confirmed_on__isnull=False) | Q(owned_confirmed_on__isnull=False),
                name="ownership_link_said_by_someone",
                violation_error_message=_("Alguna de las dos partes dice el vínculo."),
            ),
            models.UniqueConstraint(
                fields=["owner", "owned"],
                condition=Q(until__isnull=True),
                name="ownership_link_unique",
                violation_error_message=_("Ese vínculo ya está en la lista."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} > {self.owned}"

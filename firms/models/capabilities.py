"""What an organization can do, and with which equipment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Classification, Fold
from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


@tracked("organization", key="organization_id")
class Capability(Timestamped):
    """Something that an organization knows how to do, in its own words.

    ``entry`` is what the thesaurus calls it; empty until the words are one of its terms.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="capabilities")
    name = models.CharField(_("capacidad"), max_length=120)
    entry = models.ForeignKey(
        Classification,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("en el tesauro"),
        related_name="capable",
    )

    class Meta:
        verbose_name = _("capacidad")
        verbose_name_plural = _("capacidades")
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="capability_unique",
                violation_error_message=_("Esa capacidad ya está en la lista."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="capability_has_a_name",
                violation_error_message=_("Escriba la capacidad."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked("capability_alias", key="id")
class CapabilityAlias(Timestamped):
    """Words that people write for an entry of the thesaurus; without one, not a capability.

    Whoever keeps the thesaurus decides once what the words mean, for all who write them.
    """

    name = models.CharField(_("como se escribe"), max_length=120)
    entry = models.ForeignKey(
        Classification,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("qué quiere decir"),
        related_name="capability_aliases",
    )

    class Meta:
        verbose_name = _("otra palabra para una capacidad")
        verbose_name_plural = _("otras palabras para capacidades")
        ordering: ClassVar = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Fold("name"),
                name="capability_alias_unique",
                violation_error_message=_("Esas palabras ya tienen su significado."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="capability_alias_has_a_name",
                violation_error_message=_("Escriba las palabras."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccessTerms(models.TextChoices):
    """On which terms others may use a piece of equipment; empty is unknown."""

    OWN_USE = "own_use", _("Solo para uso propio")
    SERVICE = "service", _("Se contrata como servicio")
    RENTAL = "rental", _("Se alquila")
    SHARED = "shared", _("Se comparte entre miembros")
    BY_AGREEMENT = "by_agreement", _("Según acuerdo")


@tracked("organization", key="organization_id")
class Equipment(Timestamped):
    """A machine or instrument, how much it does and who may use it."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="equipment")
    name = models.CharField(_("equipo"), max_length=160)
    maker = models.CharField(_("marca o fabricante"), max_length=120, blank=True)
    capacity = models.DecimalField(
        _("capacidad"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unidad de la capacidad"), max_length=40, blank=True)
    units = models.PositiveIntegerField(_("cuántos tiene"), default=1)
    access_terms = models.CharField(
        _("condiciones de uso"), max_length=12, choices=AccessTerms.choices, blank=True
    )

    class Meta:
        verbose_name = _("equipo")
        verbose_name_plural = _("equipos")
        ordering: ClassVar = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(units__gte=1),
                name="equipment_counts_one_or_more",
                violation_error_message=_("Indique cuántos tiene: uno o más."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | (Q(capacity__gte=0) & ~Q(unit="")),
                name="equipment_capacity_has_unit",
                violation_error_message=_("Diga en qué unidad se mide la capacidad."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

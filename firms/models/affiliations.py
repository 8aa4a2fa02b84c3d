"""Organizations in clusters."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from common.history import tracked
from common.models import Public
from firms.models.organizations import Organization


class AffiliationRole(models.TextChoices):
    """What an organization is in a cluster."""

    MEMBER = "member", _("Miembro")
    SUPPORTER = "supporter", _("Colaboradora")
    MANAGER = "manager", _("Entidad gestora")


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Named sets of affiliations."""

    def confirmed(self) -> Self:
        """Keep those that both sides have said yes to, and that have not ended."""
        return self.filter(
            cluster_confirmed_on__isnull=False,
            member_confirmed_on__isnull=False,
            ended_on__isnull=True,
        )


@tracked("organization", key="organization_id", item=("cluster", "cluster_id"))
class Affiliation(Public):
    """An organization in a cluster: asked for by either side, real once both confirm."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="affiliations")
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="affiliations")
    role = models.CharField(
        _("papel"), max_length=10, choices=AffiliationRole.choices, default=AffiliationRole.MEMBER
    )
    cluster_confirmed_on = models.DateField(_("confirmada por el clúster"), null=True, blank=True)
    member_confirmed_on = models.DateField(_("confirmada por el miembro"), null=True, blank=True)
    ended_on = models.DateField(_("terminada el"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("afiliación")
        verbose_name_plural = _("afiliaciones")
        ordering: ClassVar = ["organization__legal_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cluster"],
                condition=Q(ended_on__isnull=True),
                name="affiliation_unique",
                violation_error_message=_("Esa organización ya está en el clúster."),
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(role=AffiliationRole.MANAGER, ended_on__isnull=True),
                name="affiliation_one_manager",
                violation_error_message=_("Un clúster tiene una sola entidad gestora."),
            ),
            models.CheckConstraint(
                condition=Q(cluster_confirmed_on__isnull=False)
                | Q(member_confirmed_on__isnull=False),
                name="affiliation_asked_by_someone",
                violation_error_message=_("Alguna de las dos partes pide la afiliación."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.cluster}"

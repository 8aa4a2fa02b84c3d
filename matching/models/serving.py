"""What is shown to whom, in which order, and how fair that was: settings, logs and audits."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from common.history import tracked
from firms.models import Need, Offer, Organization, SizeClass
from matching.models.rules import RuleSet

ALPHA = 0.10
MIN_ALPHA, MAX_ALPHA = 0.01, 0.25
OPEN_INVITATIONS = 5
MAX_OPEN_INVITATIONS = 50


@tracked("cluster", key="cluster_id")
class ClusterFairness(models.Model):
    """Whether floors for small and medium firms are kept in a cluster's matches, and how firmly.

    ``alpha`` is the chance that a random order of the qualified breaks a floor: the larger, the
    higher the floors. A cluster without a row has them on, at ALPHA.
    """

    cluster = models.OneToOneField(Cluster, models.CASCADE, related_name="fairness")
    is_on = models.BooleanField(_("activo"), default=True)
    alpha = models.FloatField(
        _("nivel"),
        default=ALPHA,
        validators=[MinValueValidator(MIN_ALPHA), MaxValueValidator(MAX_ALPHA)],
    )

    class Meta:
        verbose_name = _("visibilidad justa")
        verbose_name_plural = _("visibilidad justa")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(alpha__gte=MIN_ALPHA, alpha__lte=MAX_ALPHA),
                name="cluster_fairness_alpha",
                violation_error_message=_("El nivel va de 0,01 a 0,25."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.alpha if self.is_on else 'off'}"


@tracked("organization", key="organization_id")
class MatchCapacity(models.Model):
    """How many invitations an organization takes at once, and until when it takes none."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="match_capacity")
    open_invitations = models.PositiveSmallIntegerField(
        _("invitaciones abiertas a la vez"),
        default=OPEN_INVITATIONS,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_OPEN_INVITATIONS)],
    )
    paused_until = models.DateField(_("en pausa hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("capacidad de atención")
        verbose_name_plural = _("capacidades de atención")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(open_invitations__gte=1, open_invitations__lte=MAX_OPEN_INVITATIONS),
                name="match_capacity_in_range",
                violation_error_message=_("Elija entre 1 y 50."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.open_invitations}"


class MatchOrder(models.Model):
    """Both orders of a need's organizations, logged whenever one of them changed.

    ``by_score`` and ``ranking`` hold organizations, best first; ``floors`` the least number of
    small and medium firms among the first 1, 2, ... places. The newest row is the one served.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="match_orders")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    alpha = models.FloatField(null=True)  # null: switched off
    by_score = ArrayField(models.BigIntegerField())
    ranking = ArrayField(models.BigIntegerField())
    floors = ArrayField(models.PositiveSmallIntegerField())
    pool = models.PositiveIntegerField()
    sme_in_pool = models.PositiveIntegerField()
    changed = models.PositiveSmallIntegerField()
    utility_retained = models.FloatField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["need", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sme_in_pool__lte=F("pool")), name="match_order_smes_in_pool"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.changed} of {len(self.ranking)}"


class MatchInvitation(models.Model):
    """An organization that a need was offered to, in waves: ten, then more while few answer."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="match_invitations")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="match_invitations")
    wave = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    invited_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # answered, withdrawn, or the need is over
    is_interested = models.BooleanField(null=True)  # null: no answer yet

    class Meta:
        ordering: ClassVar = ["need", "wave", "place"]
        indexes: ClassVar = [
            models.Index(
                fields=["organization"],
                condition=Q(closed_at=None),
                name="match_invitation_open",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "organization"], name="match_invitation_unique"
            ),
            models.CheckConstraint(
                condition=Q(is_interested=None) | Q(closed_at__isnull=False),
                name="match_invitation_answer_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} > {self.organization_id}: wave {self.wave}"


class Impression(models.Model):
    """That an offer stood at a rank before somebody's eyes, once a day: nobody is named as reader.

    The size is the declared and verified one on the day, blank when there was none.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="impressions")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="impressions")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="impressions")
    shown_on = models.DateField(db_index=True)
    rank = models.PositiveSmallIntegerField()
    score = models.FloatField()
    size_class = models.CharField(max_length=8, choices=SizeClass.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "offer", "shown_on"], name="impression_unique"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="impression_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ~ {self.offer_id}: {self.rank}"


class Reconciliation(models.Model):
    """What the nightly run found to differ from what the jobs of the day had left."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    listings = models.PositiveIntegerField(default=0)
    projections = models.PositiveIntegerField(default=0)  # written anew or dropped
    frequencies = models.PositiveIntegerField(default=0)  # keys whose count was wrong
    needs = models.PositiveIntegerField(default=0)
    needs_changed = models.PositiveIntegerField(default=0)
    pairs_added = models.PositiveIntegerField(default=0)
    pairs_dropped = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(needs_changed__lte=F("needs")), name="reconciliation_changed_of_seen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%F}: {self.needs_changed}/{self.needs}"

"""Organizations that are being registered, step by step."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public
from firms.models.organizations import Organization


class RegistrationDraftQuerySet(models.QuerySet["RegistrationDraft"]):
    """Named sets of drafts."""

    def open(self) -> Self:
        """Keep those that are still being written."""
        return self.filter(finished_at=None)


class RegistrationDraft(Public):
    """What a person has answered so far about an organization; at the end, which one it became.

    ``answers`` holds, per step, what was sent in each field, as text; the forms judge it anew each
    time it is read. A finished draft stays, so that finishing it twice gives the same organization.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registration_drafts"
    )
    title = models.CharField(_("nombre"), max_length=250, blank=True)
    step = models.SlugField(_("paso"), max_length=20, default="identity")
    answers = models.JSONField(default=dict, blank=True)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="registration_drafts"
    )
    finished_at = models.DateTimeField(_("terminado"), null=True, blank=True)

    objects = RegistrationDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("registro en curso")
        verbose_name_plural = _("registros en curso")
        ordering: ClassVar = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None) | Q(finished_at__isnull=False),
                name="registration_draft_finished_has_time",
                violation_error_message=_("Un registro terminado lleva su fecha."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "-finished_at"], name="registration_draft_owned")]

    def __str__(self) -> str:
        return self.title or str(self.public_id)


class ReviewOutcome(models.TextChoices):
    """What a reviewer decided about a number that was declared."""

    GRANTED = "granted", _("Es de esta organización")
    REFUSED = "refused", _("No es de esta organización")


class NumberReview(Public):
    """A number declared at registration that a person of the team has to look at.

    Until then the organization exists without it. Why it waits is not told to who declared it:
    the number may belong to an organization that they may not see.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="number_reviews", verbose_name=_("organización")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="number_reviews"
    )
    scheme = models.CharField(_("registro"), max_length=12)
    value = models.CharField(_("número"), max_length=60)
    normalized = models.CharField(max_length=60)
    outcome = models.CharField(
        _("decisión"), max_length=8, choices=ReviewOutcome.choices, blank=True
    )
    reason = models.CharField(_("motivo"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decidida"), null=True, blank=True)

    class Meta:
        verbose_name = _("revisión de un número")
        verbose_name_plural = _("revisiones de números")
        ordering: ClassVar = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "scheme", "normalized"],
                condition=Q(outcome=""),
                name="number_review_one_open",
                violation_error_message=_("Ese número ya espera una revisión."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="number_review_decided_has_time",
                violation_error_message=_("Una decisión lleva su fecha."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

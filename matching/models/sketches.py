"""Needs that are being written, perhaps before there is an account to publish them with."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public
from firms.models import Need, Organization


class NeedSketchQuerySet(models.QuerySet["NeedSketch"]):
    """Named sets of sketches."""

    def open(self) -> Self:
        """Keep those that are still being written."""
        return self.filter(finished_at=None)


class NeedSketch(Public):
    """What somebody has answered so far about a need; at the end, which need it became.

    Without an owner it belongs to the browser whose session holds its address. ``answers`` has,
    per step, what was sent in each field; forms judge it anew each time it is read.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="need_sketches",
    )
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="need_sketches"
    )
    is_interview = models.BooleanField(_("de una entrevista"), default=False)
    title = models.CharField(_("necesidad"), max_length=160, blank=True)
    step = models.SlugField(_("paso"), max_length=20, default="sentence")
    answers = models.JSONField(default=dict, blank=True)
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="need_sketches"
    )
    finished_at = models.DateTimeField(_("terminada"), null=True, blank=True)

    objects = NeedSketchQuerySet.as_manager()

    class Meta:
        verbose_name = _("necesidad a medio escribir")
        verbose_name_plural = _("necesidades a medio escribir")
        ordering: ClassVar = ["-updated_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(need=None) | Q(finished_at__isnull=False),
                name="need_sketch_finished_has_time",
                violation_error_message=_("Lo terminado lleva su fecha."),
            ),
            models.CheckConstraint(
                condition=Q(is_interview=False) | Q(owner__isnull=False),
                name="need_sketch_interview_has_author",
                violation_error_message=_("Una entrevista lleva el nombre de quien la hizo."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-updated_at"], name="need_sketch_owned"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.public_id)

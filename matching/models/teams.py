"""Teams that organizations put together to answer a need that none covers alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Public
from firms.models import Need, Organization

MAX_ROLES = 8
MAX_ROLE_LENGTH = 120


class TeamAnswer(models.TextChoices):
    """What an invited organization said."""

    INVITED = "invited", _("Invitada")
    ACCEPTED = "accepted", _("Participa")
    DECLINED = "declined", _("No participa")


@tracked("organization", key="organization_id")
class Team(Public):
    """A draft that its members share: the roles a need asks for, and who would take each."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="teams")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="teams_led")
    roles = ArrayField(models.CharField(max_length=MAX_ROLE_LENGTH), size=MAX_ROLES)
    note = models.TextField(_("propuesta"), max_length=4_000, blank=True)

    class Meta:
        verbose_name = _("equipo")
        verbose_name_plural = _("equipos")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(roles__len__gte=1),
                name="team_has_roles",
                violation_error_message=_("Un equipo necesita al menos un papel."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {len(self.roles)} roles"


class TeamMember(models.Model):
    """An organization asked to take roles of a team, and its answer."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="team_places")
    roles = ArrayField(models.PositiveSmallIntegerField(), size=MAX_ROLES)  # places in team.roles
    answer = models.CharField(max_length=8, choices=TeamAnswer.choices, default=TeamAnswer.INVITED)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["team", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "organization"],
                name="team_member_unique",
                violation_error_message=_("Esta organización ya está en el equipo."),
            ),
            models.CheckConstraint(
                condition=Q(answer=TeamAnswer.INVITED, answered_at=None)
                | (~Q(answer=TeamAnswer.INVITED) & Q(answered_at__isnull=False)),
                name="team_member_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.organization_id} {self.answer}"

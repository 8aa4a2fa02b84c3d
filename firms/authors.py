"""Who changed something, as a reader may know it: a name among one's own people, else a role."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from common.models import Change
from firms.models import Membership, Organization
from firms.policies import Actor

IMPORTS = ("job:import", "job:spreadsheet", "command:import")


def name_of(row: models.Model) -> str:
    """Name a row that a change points to; of a person who was erased nothing is left."""
    if isinstance(row, User) and not row.is_active and not row.name:
        return str(_("Una persona que ya no está"))
    return str(row)


class Authors:
    """The authors of some changes of one organization's things, for one reader."""

    def __init__(
        self, reader: Actor, organization: Organization | None, changes: Iterable[Change]
    ) -> None:
        keys = {change.actor_id for change in changes if change.actor_id}
        self.is_staff = reader.is_authenticated and reader.is_staff
        self.organization = organization
        self.people = User.objects.in_bulk(keys) if keys else {}
        self.own = _own_people(organization, keys) if organization and keys else set()

    def of(self, change: Change) -> str:
        """Name the author of a change."""
        if change.origin.startswith(IMPORTS):
            return str(_("Importación"))
        if change.origin.startswith("job:"):
            return str(_("Tarea automática"))
        author = self.people.get(change.actor_id) if change.actor_id else None
        return self._person(change, author) if author else _nobody(change)

    def _person(self, change: Change, author: User) -> str:
        if self.is_staff or (author.pk in self.own and change.acting_for_id is None):
            return name_of(author)
        if change.acting_for_id is not None:
            return str(_("Entidad que actúa en su nombre"))
        if author.is_staff:
            return str(_("Equipo de Racimo"))
        if change.item == "cluster":
            return str(_("Entidad gestora del clúster"))
        return str(_("Otra organización"))


def _nobody(change: Change) -> str:
    if change.origin in ("web", "api"):
        return str(_("Alguien sin iniciar sesión"))
    return str(_("Mantenimiento del sistema"))


def _own_people(organization: Organization, keys: set[int]) -> set[int]:
    """Return who of some people belongs, or once belonged, to an organization."""
    now = Membership.objects.filter(organization=organization, user__in=keys)
    left = Change.objects.filter(
        subject="organization",
        subject_id=organization.pk,
        part=Membership._meta.db_table,
        operation="D",
    )
    gone = left.values_list("data__user_id", flat=True)
    return set(now.values_list("user_id", flat=True)) | (keys & set(gone))

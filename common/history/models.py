"""The one table of changes, which only grows."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

KEEP = """
    IF current_setting('racimo.erasing', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'permission denied: what changed is never rewritten'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Operation(models.TextChoices):
    """What happened to a row."""

    INSERT = "I", _("Añadido")
    UPDATE = "U", _("Cambiado")
    DELETE = "D", _("Quitado")


class Change(models.Model):
    """One change of one row, written by a trigger of its table.

    ``subject`` is whose page shows it (an organization, a cluster, a program), ``item`` the thing
    of theirs that it is a part of, if any (an offer, a call). ``data`` holds ``[old, new]`` per
    column of an update, and the values that were given otherwise. There are no foreign keys: a
    change outlives what it tells of.
    """

    at = models.DateTimeField(db_default=Now())
    operation = models.CharField(max_length=1, choices=Operation.choices)
    part = models.CharField(max_length=63)  # the table
    row_id = models.BigIntegerField()
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField(null=True)
    item = models.CharField(max_length=20, blank=True)
    item_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)
    actor_id = models.BigIntegerField(null=True, blank=True)
    acting_for_id = models.BigIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=60, blank=True)  # web, api, job:<kind>; empty is raw SQL
    request = models.CharField(max_length=36, blank=True)

    class Meta:
        verbose_name = _("cambio")
        verbose_name_plural = _("cambios")
        ordering: ClassVar = ["-id"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-at", "-id"], name="change_of_subject"),
            models.Index(
                fields=["item", "item_id", "-at", "-id"],
                condition=~Q(item=""),
                name="change_of_item",
            ),
            models.Index(
                fields=["actor_id", "-id"],
                condition=Q(actor_id__isnull=False),
                name="change_by_actor",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="change_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=KEEP,
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.part} {self.row_id}"

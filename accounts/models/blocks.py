"""What nobody may bring in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public


class BlockKind(models.TextChoices):
    """What an entry of the block list is compared with."""

    EMAIL_DOMAIN = "domain", _("Dominio de correo")
    IDENTIFIER = "identifier", _("Número de identificación")
    WORD = "word", _("Palabra o frase")


class BlockEntry(Public):
    """An e-mail domain, identifier or word that is refused where people write it."""

    kind = models.CharField(_("qué es"), max_length=10, choices=BlockKind.choices)
    value = models.CharField(_("qué se bloquea"), max_length=120)
    note = models.CharField(_("por qué"), max_length=250, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("bloqueo")
        verbose_name_plural = _("bloqueos")
        ordering: ClassVar = ["kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="block_entry_unique",
                violation_error_message=_("Ya está en la lista."),
            ),
            models.CheckConstraint(
                condition=~Q(value=""),
                name="block_entry_not_empty",
                violation_error_message=_("Escriba qué se bloquea."),
            ),
        ]

    def __str__(self) -> str:
        return self.value

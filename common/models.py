"""Abstract bases that any app may use; the tables of history and of jobs are registered here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history.models import Change
from common.i18n import in_readers_language
from common.ids import new_public_id
from common.jobs.models import Effect, Job, ScheduleRun
from common.kept_answers import KeptAnswer

__all__ = [
    "Change",
    "Effect",
    "Job",
    "KeptAnswer",
    "Labelled",
    "Language",
    "Public",
    "ScheduleRun",
    "Timestamped",
]


class Timestamped(models.Model):
    """A row that knows when it was written and last changed."""

    created_at = models.DateTimeField(_("creado"), auto_now_add=True)
    updated_at = models.DateTimeField(_("actualizado"), auto_now=True)

    class Meta:
        abstract = True


class Public(Timestamped):
    """A row that people reach by an address."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)

    class Meta:
        abstract = True


class Language(models.TextChoices):
    """Languages that a person may write in."""

    ES = "es", _("Español")
    PT = "pt", _("Português")
    EN = "en", _("English")


class Labelled(models.Model):
    """A name kept in Spanish, Portuguese and English; a missing one falls back."""

    label_es = models.CharField(_("nombre en español"), max_length=500, blank=True)
    label_pt = models.CharField(_("nombre en portugués"), max_length=500, blank=True)
    label_en = models.CharField(_("nombre en inglés"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, else in the first one that exists."""
        return in_readers_language(self, "label")

"""What people consented to, copies of their data, and accounts that are being closed."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.models import Public

TEXT_VERSION = "2026-11"  # of the text of templates/registry/privacy/text.html
EXPORT_HOURS = 24
CLOSING_DAYS = 30


class LawfulBasis(models.TextChoices):
    """Why personal data may be held."""

    CONSENT = "consent", _("Consentimiento")
    CONTRACT = "contract", _("Para dar el servicio que pidió")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Interés legítimo")
    PUBLIC_TASK = "public_task", _("Función pública")


class Purpose(models.TextChoices):
    """What personal data is held for."""

    ACCOUNT = "account", _("Tener una cuenta en Racimo")
    CONTACT = "contact", _("Figurar como contacto de una organización")
    LEADERSHIP = "leadership", _("Decir quién lidera la organización")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Named sets of entries."""

    def in_force(self) -> Self:
        """Keep those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(Public):
    """An entry of the ledger: on what basis data of a person or a contact is held, and since when.

    ``contact`` is the public identifier of a contact: the entry outlives it, without its data.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="consents"
    )
    contact = models.UUIDField(null=True, blank=True, db_index=True)
    purpose = models.CharField(_("para qué"), max_length=12, choices=Purpose.choices)
    basis = models.CharField(_("con qué base"), max_length=20, choices=LawfulBasis.choices)
    text_version = models.CharField(_("versión del texto"), max_length=20)
    source = models.CharField(_("de dónde viene"), max_length=120)
    given_at = models.DateTimeField(_("desde"))
    withdrawn_at = models.DateTimeField(_("retirado"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consentimiento")
        verbose_name_plural = _("consentimientos")
        ordering: ClassVar = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, contact__isnull=True)
                | Q(user__isnull=True, contact__isnull=False),
                name="consent_of_person_or_contact",
                violation_error_message=_("Es de una persona o de un contacto."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("Se retira después de darse."),
            ),
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(user__isnull=False, withdrawn_at__isnull=True),
                name="consent_once_per_person_and_purpose",
                violation_error_message=_("Ya está en el registro."),
            ),
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(contact__isnull=False, withdrawn_at__isnull=True),
                name="consent_once_per_contact_and_purpose",
                violation_error_message=_("Ya está en el registro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.basis}"


class DataExport(Public):
    """A copy of a person's data, made by a job and kept for a day for that person alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports")
    asked_at = models.DateTimeField(_("pedida"))
    ready_at = models.DateTimeField(_("lista"), null=True, blank=True)
    expires_at = models.DateTimeField(_("vence"), null=True, blank=True)
    file_key = models.CharField(max_length=120, blank=True, editable=False)
    size = models.PositiveIntegerField(_("tamaño en bytes"), default=0)

    class Meta:
        verbose_name = _("copia de datos")
        verbose_name_plural = _("copias de datos")
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, expires_at__isnull=True, file_key="")
                | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="data_export_ready_has_end",
                violation_error_message=_("Una copia lista tiene vencimiento."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ready_at__isnull=True),
                name="data_export_one_waiting",
                violation_error_message=_("Ya se está preparando una copia."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    def is_open_at(self, now: dt.datetime) -> bool:
        """Say whether the copy can be fetched."""
        return bool(self.file_key and self.expires_at and now < self.expires_at)


class AccountClosing(Public):
    """A person's request to be forgotten: it can be undone until the day it is carried out.

    The row stays as the tombstone of the account: when it was asked for, and when it was done.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_closings"
    )
    asked_at = models.DateTimeField(_("pedido"))
    due_on = models.DateField(_("se borra el"))
    undone_at = models.DateTimeField(_("deshecho"), null=True, blank=True)
    erased_at = models.DateTimeField(_("borrado"), null=True, blank=True)

    class Meta:
        verbose_name = _("cierre de cuenta")
        verbose_name_plural = _("cierres de cuenta")
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(erased_at__isnull=True),
                name="account_closing_undone_or_erased",
                violation_error_message=_("Lo borrado no se deshace."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(undone_at__isnull=True, erased_at__isnull=True),
                name="account_closing_one_open",
                violation_error_message=_("La cuenta ya se está cerrando."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}"

"""Introductions: a contact asked for, with its clock, its thread and who did what."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from common.models import Public, Timestamped
from firms.models import Need, Offer, Organization
from matching.introductions.states import OPEN
from matching.models.introduction_words import (
    IntroductionAbout,
    IntroductionChannel,
    IntroductionDecline,
    IntroductionSide,
    IntroductionStatus,
    IntroductionStep,
    QueuedFor,
)

OPEN_STATUSES = tuple(sorted(state.value for state in OPEN))
IS_OPEN = Q(status__in=OPEN_STATUSES)


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Named sets of introductions."""

    def open(self) -> Self:
        """Keep those that nobody has answered for good."""
        return self.filter(IS_OPEN)


class Introduction(Public):
    """One organization asks another one, over one of its listings, to talk.

    ``turn`` counts how often the ball changed hands: what was offered in an earlier turn (a link in
    a letter, a button on an old page) does nothing any more.
    """

    from_organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="introductions_asked"
    )
    to_organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="introductions_received"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions_asked"
    )
    about = models.CharField(_("sobre"), max_length=5, choices=IntroductionAbout.choices)
    need = models.ForeignKey(
        Need, models.CASCADE, null=True, blank=True, related_name="introductions"
    )
    offer = models.ForeignKey(
        Offer, models.CASCADE, null=True, blank=True, related_name="introductions"
    )
    why = models.JSONField(default=list, blank=True, editable=False)
    purpose = models.TextField(_("qué quiere hacer juntos"), max_length=1_000)
    question = models.TextField(_("qué necesita saber"), max_length=1_000, blank=True)
    presentation = models.TextField(_("quiénes son"), max_length=1_000)
    channel = models.CharField(
        _("cómo prefiere hablar"),
        max_length=8,
        choices=IntroductionChannel.choices,
        default=IntroductionChannel.EMAIL,
    )
    is_info_only = models.BooleanField(_("solo pide información"), default=False)
    status = models.CharField(_("estado"), max_length=14, choices=IntroductionStatus.choices)
    queued_for = models.CharField(
        _("por qué se revisa"), max_length=9, choices=QueuedFor.choices, blank=True
    )
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="introductions"
    )
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="introductions_brokered",
    )
    turn = models.PositiveSmallIntegerField(default=0, editable=False)
    step = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(_("próximo paso"), null=True, blank=True)
    asked_at = models.DateTimeField(_("pedida"))
    sent_at = models.DateTimeField(_("enviada"), null=True, blank=True)
    answered_at = models.DateTimeField(_("respondida"), null=True, blank=True)
    shared_at = models.DateTimeField(_("datos compartidos"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminada"), null=True, blank=True)
    decline_reason = models.CharField(
        _("motivo"), max_length=12, choices=IntroductionDecline.choices, blank=True
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentación")
        verbose_name_plural = _("presentaciones")
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_organization", "need"],
                condition=IS_OPEN & Q(about=IntroductionAbout.NEED),
                name="introduction_one_open_per_need",
                violation_error_message=_("Ya pidió una presentación por esta necesidad."),
            ),
            models.UniqueConstraint(
                fields=["from_organization", "offer"],
                condition=IS_OPEN & Q(about=IntroductionAbout.OFFER),
                name="introduction_one_open_per_offer",
                violation_error_message=_("Ya pidió una presentación por esta oferta."),
            ),
            models.CheckConstraint(
                condition=Q(about=IntroductionAbout.NEED, need__isnull=False)
                | Q(about=IntroductionAbout.OFFER, offer__isnull=False),
                name="introduction_about_something",
                violation_error_message=_("Una presentación es sobre una publicación."),
            ),
            models.CheckConstraint(
                condition=Q(decline_reason="") | Q(status=IntroductionStatus.DECLINED),
                name="introduction_reason_of_decline",
                violation_error_message=_("Solo lo no aceptado lleva motivo."),
            ),
            models.CheckConstraint(
                condition=~Q(status=IntroductionStatus.QUEUED) | ~Q(queued_for=""),
                name="introduction_queued_says_why",
                violation_error_message=_("Lo que se revisa dice por qué."),
            ),
            models.CheckConstraint(
                condition=~IS_OPEN | Q(due_at__isnull=False, ended_at__isnull=True),
                name="introduction_open_has_clock",
                violation_error_message=_("Lo que espera respuesta tiene un plazo."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="introduction_due"
            ),
            models.Index(fields=["to_organization", "-asked_at"], name="introduction_received"),
            models.Index(
                fields=["asked_by"], condition=IS_OPEN, name="introduction_open_of_person"
            ),
            models.Index(fields=["cluster", "status"], name="introduction_of_cluster"),
            models.Index(
                fields=["shared_at"],
                condition=Q(shared_at__isnull=False),
                name="introduction_shared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_organization_id} → {self.to_organization_id}"

    @property
    def listing(self) -> Need | Offer | None:
        """The receiver's listing that it is about."""
        return self.need if self.about == IntroductionAbout.NEED else self.offer


class IntroductionEvent(models.Model):
    """One thing that happened to an introduction: what, by whom, in which part. Only written."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="events")
    event = models.CharField(max_length=10, choices=IntroductionStep.choices)
    side = models.CharField(max_length=8, choices=IntroductionSide.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    is_on_behalf = models.BooleanField(_("en nombre de otra"), default=False)
    before = models.CharField(max_length=14, choices=IntroductionStatus.choices, blank=True)
    after = models.CharField(max_length=14, choices=IntroductionStatus.choices)
    turn = models.PositiveSmallIntegerField()
    note = models.TextField(_("nota"), max_length=1_000, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.event}"


class IntroductionMessage(Public):
    """One message of the thread, with at most one file."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="introduction_messages"
    )
    side = models.CharField(max_length=8, choices=IntroductionSide.choices)
    body = models.TextField(_("mensaje"), max_length=4_000, blank=True)
    file_key = models.CharField(max_length=120, blank=True, editable=False)
    file_name = models.CharField(_("archivo"), max_length=120, blank=True)
    written_at = models.DateTimeField(_("escrito"))

    class Meta:
        verbose_name = _("mensaje de una presentación")
        verbose_name_plural = _("mensajes de presentaciones")
        ordering: ClassVar = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(body="") | ~Q(file_key=""),
                name="introduction_message_says_something",
                violation_error_message=_("Escriba algo o adjunte un archivo."),
            )
        ]

    def __str__(self) -> str:
        return self.body[:40]


class IntroductionReading(models.Model):
    """Until when a person has read an introduction."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="introduction_readings"
    )
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "reader"], name="introduction_reading_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.introduction_id}"


class SharedContact(Timestamped):
    """What a person agreed to show the other side, once both have agreed; it is their consent."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="contacts")
    side = models.CharField(max_length=8, choices=IntroductionSide.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts_shared"
    )
    name = models.CharField(_("nombre"), max_length=120)
    email = models.EmailField(_("correo electrónico"), max_length=254)
    phone = models.CharField(_("teléfono o WhatsApp"), max_length=30, blank=True)
    consented_at = models.DateTimeField(_("autorizado"))

    class Meta:
        verbose_name = _("contacto compartido")
        verbose_name_plural = _("contactos compartidos")
        constraints = [
            models.UniqueConstraint(fields=["introduction", "side"], name="shared_contact_unique"),
            models.CheckConstraint(
                condition=Q(side__in=(IntroductionSide.AUTHOR, IntroductionSide.RECEIVER)),
                name="shared_contact_of_a_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.side}"

    @property
    def whatsapp(self) -> str:
        """Where a chat with this number opens; empty without a country code."""
        digits = "".join(c for c in self.phone if c.isdigit())
        return f"https://wa.me/{digits}" if self.phone.startswith("+") else ""


class SharedContactView(models.Model):
    """Who of the other side saw a shared contact, and when first."""

    contact = models.ForeignKey(SharedContact, models.CASCADE, related_name="views")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shared_contact_views"
    )
    viewed_at = models.DateTimeField(_("visto"))

    class Meta:
        ordering: ClassVar = ["viewed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "viewer"], name="shared_contact_view_unique")
        ]

    def __str__(self) -> str:
        return f"{self.viewed_at:%Y-%m-%d}"

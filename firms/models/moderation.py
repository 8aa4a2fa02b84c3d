"""What the people who run Racimo look at, and what they decided, when and why."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public, Timestamped
from firms.models.claims import Claim
from firms.models.needs import Need
from firms.models.offers import Offer
from firms.models.organizations import Organization


class CaseKind(models.TextChoices):
    """What is looked at."""

    REGISTRATION = "registration", _("Organización nueva")
    CLAIM = "claim", _("Reclamo con documento")
    DISPUTE = "dispute", _("Disputa")
    REMOVAL = "removal", _("Pedido de quitar un registro")
    REPORT = "report", _("Denuncia")
    LISTING = "listing", _("Publicación por revisar")


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Por decidir")
    DECIDED = "decided", _("Decidido")
    APPEALED = "appealed", _("Apelado")
    CLOSED = "closed", _("Cerrado")


WAITING = (CaseStatus.OPEN, CaseStatus.APPEALED)


class CaseOutcome(models.TextChoices):
    """What can be decided."""

    KEEP = "keep", _("Dejar como está")
    TAKE_DOWN = "take_down", _("Retirar la publicación")
    SUSPEND = "suspend", _("Suspender la organización")
    ACCEPT = "accept", _("Aceptar")
    REPLACE = "replace", _("Aceptar y dejar a los demás como lectores")
    REFUSE = "refuse", _("No aceptar")


class ReasonClass(models.TextChoices):
    """Why something is reported, taken down or suspended."""

    IDENTITY = "identity", _("Se hace pasar por otra organización")
    FRAUD = "fraud", _("Parece un engaño")
    WRONG = "wrong", _("Los datos no son correctos")
    GONE = "gone", _("Ya no existe o está repetida")
    OFFENSIVE = "offensive", _("Contenido ofensivo o ilegal")
    UNWANTED = "unwanted", _("Publicidad o contenido repetido")
    REMOVAL = "removal", _("La organización pidió quitar su registro")
    OTHER = "other", _("Otro motivo")


class CaseQuerySet(models.QuerySet["Case"]):
    """Named sets of cases."""

    def waiting(self) -> Self:
        """Keep those that somebody must decide."""
        return self.filter(status__in=WAITING)


class Case(Public):
    """Something that a person of the team decides, with its one appeal."""

    kind = models.CharField(_("qué es"), max_length=12, choices=CaseKind.choices)
    status = models.CharField(
        _("estado"), max_length=8, choices=CaseStatus.choices, default=CaseStatus.OPEN
    )
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="cases")
    claim = models.OneToOneField(Claim, models.CASCADE, null=True, blank=True, related_name="case")
    need = models.ForeignKey(Need, models.CASCADE, null=True, blank=True, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, blank=True, related_name="+")
    appeal = models.TextField(_("apelación"), max_length=1_200, blank=True)
    appealed_at = models.DateTimeField(_("apelado"), null=True, blank=True)
    appealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("caso")
        verbose_name_plural = _("casos")
        ordering: ClassVar = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=Q(status__in=WAITING, claim=None, need=None, offer=None),
                name="case_one_waiting_per_organization",
                violation_error_message=_("Ya hay un caso abierto."),
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(status__in=WAITING),
                name="case_one_waiting_per_need",
                violation_error_message=_("Ya hay un caso abierto."),
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(status__in=WAITING),
                name="case_one_waiting_per_offer",
                violation_error_message=_("Ya hay un caso abierto."),
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.APPEALED) | Q(appealed_at__isnull=False),
                name="case_appealed_has_date",
                violation_error_message=_("Una apelación lleva su fecha."),
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="case_by_wait")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organization}"

    @property
    def listing(self) -> Need | Offer | None:
        """The need or offer that the case is about, if it is about one."""
        return self.need or self.offer


class Report(Timestamped):
    """What a person says is wrong; who said it is shown to nobody."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("motivo"), max_length=10, choices=ReasonClass.choices)
    text = models.TextField(_("qué pasa"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("denuncia")
        verbose_name_plural = _("denuncias")
        ordering: ClassVar = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                name="report_once_per_person",
                violation_error_message=_("Ya nos avisó; lo estamos mirando."),
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Decision(Timestamped):
    """Who decided what about a case, when and why; never changed afterwards."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("decisión"), max_length=10, choices=CaseOutcome.choices)
    reason_class = models.CharField(
        _("clase de motivo"), max_length=10, choices=ReasonClass.choices, blank=True
    )
    reason = models.TextField(_("motivo"), max_length=1_200)
    on_appeal = models.BooleanField(_("tras una apelación"), default=False)

    class Meta:
        verbose_name = _("decisión")
        verbose_name_plural = _("decisiones")
        ordering: ClassVar = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_has_a_reason",
                violation_error_message=_("Escriba el motivo."),
            ),
            models.UniqueConstraint(
                fields=["case", "on_appeal"],
                name="decision_once",
                violation_error_message=_("Este caso ya se decidió."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Suspension(Timestamped):
    """Why an organization is shown to nobody but its own people, and until when it was."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="suspensions")
    case = models.ForeignKey(
        Case, models.SET_NULL, null=True, blank=True, related_name="suspensions"
    )
    reason_class = models.CharField(_("motivo"), max_length=10, choices=ReasonClass.choices)
    reason = models.TextField(_("explicación"), max_length=1_200, blank=True)
    lifted_at = models.DateTimeField(_("levantada"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspensión")
        verbose_name_plural = _("suspensiones")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(lifted_at__isnull=True),
                name="suspension_one_at_a_time",
                violation_error_message=_("La organización ya está suspendida."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_reason_class_display()}"

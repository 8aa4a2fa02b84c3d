"""Claims: somebody says that an organization is theirs, or asks for its record to be removed."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Public, Timestamped
from firms.models.organizations import Organization, Verification

MAX_TRIES = 5


class ClaimPurpose(models.TextChoices):
    """What the claimant wants."""

    OURS = "ours", _("Administrarla")
    REMOVAL = "removal", _("Quitar el registro")


class ClaimMethod(models.TextChoices):
    """How the claimant proves to speak for the organization."""

    CODE = "code", _("Código por correo")
    DOCUMENT = "document", _("Documento")
    VOUCHING = "vouching", _("Aval de una entidad")
    UNIVERSITY = "university", _("Correo de la universidad")


class ClaimStatus(models.TextChoices):
    """Where a claim stands."""

    OPEN = "open", _("Espera la prueba")
    REVIEW = "review", _("En revisión")
    ACCEPTED = "accepted", _("Aceptada")
    REFUSED = "refused", _("No aceptada")
    WITHDRAWN = "withdrawn", _("Retirada")
    EXPIRED = "expired", _("Vencida")


UNDECIDED = (ClaimStatus.OPEN, ClaimStatus.REVIEW)
DECIDED = (ClaimStatus.ACCEPTED, ClaimStatus.REFUSED)


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Named sets of claims."""

    def undecided(self) -> Self:
        """Keep those that wait for a proof or for a decision."""
        return self.filter(status__in=UNDECIDED)


class Claim(Public):
    """A person's word that an organization is theirs, with a proof and what came of it."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="organization_claims"
    )
    purpose = models.CharField(
        _("para qué"), max_length=8, choices=ClaimPurpose.choices, default=ClaimPurpose.OURS
    )
    method = models.CharField(_("prueba"), max_length=10, choices=ClaimMethod.choices)
    status = models.CharField(
        _("estado"), max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.OPEN
    )
    is_dispute = models.BooleanField(_("en disputa"), default=False)
    message = models.TextField(_("mensaje"), max_length=600, blank=True)
    email = models.EmailField(_("correo de la prueba"), max_length=254, blank=True)
    document_key = models.CharField(max_length=120, blank=True, editable=False)
    voucher = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("quién avala"),
        related_name="claims_to_vouch",
    )
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    level = models.CharField(
        _("alcance"), max_length=8, choices=Verification.choices, default=Verification.CLAIMED
    )
    expires_at = models.DateTimeField(_("vence"))
    proven_at = models.DateTimeField(_("probada"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decidida"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("reclamo de una organización")
        verbose_name_plural = _("reclamos de organizaciones")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "claimant", "purpose"],
                condition=Q(status__in=UNDECIDED),
                name="claim_one_undecided",
                violation_error_message=_("Ya tiene una solicitud abierta."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_at__isnull=False)
                | (~Q(status__in=DECIDED) & Q(decided_at__isnull=True)),
                name="claim_decided_has_date",
                violation_error_message=_("Una decisión lleva su fecha."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ClaimStatus.ACCEPTED) | Q(proven_at__isnull=False),
                name="claim_accepted_is_proven",
                violation_error_message=_("Nada se acepta sin prueba."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} · {self.organization}"


class ClaimCode(Timestamped):
    """A code sent to an address: its hash, how often it was tried, and whether it served."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="codes")
    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("código de una prueba")
        verbose_name_plural = _("códigos de pruebas")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=MAX_TRIES),
                name="claim_code_tries_within_limit",
                violation_error_message=_("Ese código ya no sirve: pida otro."),
            )
        ]

    def __str__(self) -> str:
        return self.email


class RemovedRecord(Timestamped):
    """A record that its organization asked to remove: no import brings it back."""

    source = models.CharField(_("fuente"), max_length=40)
    source_ref = models.CharField(_("referencia en la fuente"), max_length=120)

    class Meta:
        verbose_name = _("registro quitado")
        verbose_name_plural = _("registros quitados")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                name="removed_record_unique",
                violation_error_message=_("Ese registro ya está quitado."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_ref}"

"""What offers and needs of technology say besides: readiness, rights, and the project sought."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.listing_choices import Exclusivity, IprStatus, PartnerHelp, TransferMode
from firms.models.needs import Need
from firms.models.offers import Offer
from firms.readiness import Stage, stage_of

TRL = range(1, 10)  # technology readiness levels, ISO 16290
OF_OFFER = "(SELECT p.organization_id FROM firms_offer p WHERE p.id = {row}.offer_id)"
OF_NEED = "(SELECT p.organization_id FROM firms_need p WHERE p.id = {row}.need_id)"


def _words(label: Any, size: int = 60) -> "ArrayField[list[str], list[str]]":
    column = models.CharField(max_length=size)
    return ArrayField(column, verbose_name=label, default=list, blank=True)


def _several(label: Any, choices: type[models.TextChoices]) -> "ArrayField[list[str], list[str]]":
    column = models.CharField(max_length=20, choices=choices.choices)
    return ArrayField(column, verbose_name=label, default=list, blank=True)


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class Technology(Timestamped):
    """What a technology offer says besides: the problem, how ready it is, and on what terms."""

    offer = models.OneToOneField(Offer, models.CASCADE, related_name="technology")
    problem = models.TextField(_("qué problema resuelve"), max_length=800, blank=True)
    how_it_works = models.TextField(_("cómo funciona"), max_length=1_500, blank=True)
    versus_leading = models.TextField(
        _("ventaja frente a la mejor alternativa"), max_length=800, blank=True
    )
    economic_comparison = models.TextField(_("comparación económica"), max_length=500, blank=True)
    trl = models.PositiveSmallIntegerField(_("nivel de madurez (TRL)"), null=True, blank=True)
    trl_evidence = models.TextField(_("evidencia del TRL"), max_length=500, blank=True)
    trl_on = models.DateField(_("fecha de la evidencia"), null=True, blank=True)
    ipr_status = models.CharField(
        _("protección"), max_length=14, choices=IprStatus.choices, blank=True
    )
    rights_note = models.TextField(_("titulares y libertad de uso"), max_length=500, blank=True)
    exclusivity = models.CharField(
        _("exclusividad"), max_length=14, choices=Exclusivity.choices, blank=True
    )
    transfer_modes = _several(_("cómo se transfiere"), TransferMode)
    partner_help = _several(_("qué se espera del socio"), PartnerHelp)
    technology_words = _words(_("palabras de la tecnología"))
    market_words = _words(_("palabras del mercado"))
    publications = _words(_("publicaciones (DOI)"), 120)
    needs_nda = models.BooleanField(
        _("más detalles con acuerdo de confidencialidad"), default=False
    )

    class Meta:
        verbose_name = _("tecnología")
        verbose_name_plural = _("tecnologías")
        constraints = [
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__in=list(TRL)),
                name="technology_trl_exists",
                violation_error_message=_("El TRL va del 1 al 9."),
            )
        ]

    def __str__(self) -> str:
        return str(self.offer)

    @property
    def stage(self) -> Stage | None:
        """How far it has come, by its level."""
        return stage_of(self.trl)

    @property
    def transfer_mode_labels(self) -> list[str]:
        """How it passes on, in the reader's words."""
        return [str(TransferMode(code).label) for code in self.transfer_modes]

    @property
    def partner_help_labels(self) -> list[str]:
        """What it asks of a partner, in the reader's words."""
        return [str(PartnerHelp(code).label) for code in self.partner_help]


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class IprRecord(Timestamped):
    """A registered right over an offered technology; of an anonymous offer nothing names it."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="ipr_records")
    kind = models.CharField(_("tipo de derecho"), max_length=14, choices=IprStatus.choices)
    office = models.CharField(_("oficina"), max_length=80, blank=True)
    number = models.CharField(_("número"), max_length=60, blank=True)
    priority_on = models.DateField(_("fecha de prioridad"), null=True, blank=True)
    territory = models.CharField(_("territorio"), max_length=120, blank=True)
    expires_on = models.DateField(_("vence el"), null=True, blank=True)
    owner_share = models.PositiveSmallIntegerField(_("parte propia en %"), null=True, blank=True)

    class Meta:
        verbose_name = _("derecho registrado")
        verbose_name_plural = _("derechos registrados")
        ordering: ClassVar = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_share__isnull=True) | Q(owner_share__range=(1, 100)),
                name="ipr_record_share_in_range",
                violation_error_message=_("La parte propia va del 1 al 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(priority_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gt=F("priority_on")),
                name="ipr_record_dates_in_order",
                violation_error_message=_("El derecho vence antes de su prioridad."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class TechnologyWish(Timestamped):
    """What a request for technology says besides: today's way, and how ready it must be."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="technology_wish")
    current_solution = models.TextField(_("cómo lo resuelven hoy"), max_length=800, blank=True)
    trl_min = models.PositiveSmallIntegerField(_("TRL mínimo"), null=True, blank=True)
    trl_max = models.PositiveSmallIntegerField(_("TRL máximo"), null=True, blank=True)
    transfer_modes = _several(_("cómo quiere recibirla"), TransferMode)
    can_pilot = models.BooleanField(_("puede probarla en sus instalaciones"), default=False)
    technology_words = _words(_("palabras de la tecnología"))

    class Meta:
        verbose_name = _("tecnología buscada")
        verbose_name_plural = _("tecnologías buscadas")
        constraints = [
            models.CheckConstraint(
                condition=(Q(trl_min__isnull=True) | Q(trl_min__in=list(TRL)))
                & (Q(trl_max__isnull=True) | Q(trl_max__in=list(TRL)))
                & (
                    Q(trl_min__isnull=True) | Q(trl_max__isnull=True) | Q(trl_max__gte=F("trl_min"))
                ),
                name="technology_wish_trl_in_order",
                violation_error_message=_("El TRL va del 1 al 9, del mínimo al máximo."),
            )
        ]

    def __str__(self) -> str:
        return str(self.need)

    @property
    def transfer_mode_labels(self) -> list[str]:
        """How it may pass on, in the reader's words."""
        return [str(TransferMode(code).label) for code in self.transfer_modes]


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class ResearchProject(Timestamped):
    """The project for which partners are sought, with the days of its call."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="research_project")
    program = models.CharField(_("programa"), max_length=160, blank=True)
    call = models.CharField(_("convocatoria"), max_length=160, blank=True)
    call_url = models.URLField(_("dirección de la convocatoria"), max_length=300, blank=True)
    role_wanted = models.CharField(_("papel que falta"), max_length=300, blank=True)
    coordinator_wanted = models.BooleanField(_("falta quien coordine"), default=False)
    interest_until = models.DateField(_("responder antes del"), null=True, blank=True)
    call_closes_on = models.DateField(_("cierre de la convocatoria"), null=True, blank=True)
    duration_weeks = models.PositiveSmallIntegerField(
        _("duración en semanas"), null=True, blank=True
    )
    partners_so_far = models.TextField(_("quiénes ya están"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("proyecto de investigación")
        verbose_name_plural = _("proyectos de investigación")
        constraints = [
            models.CheckConstraint(
                condition=Q(interest_until__isnull=True)
                | Q(call_closes_on__isnull=True)
                | Q(interest_until__lt=F("call_closes_on")),
                name="research_project_dates_in_order",
                violation_error_message=_("Las respuestas deben llegar antes del cierre."),
            )
        ]

    def __str__(self) -> str:
        return str(self.need)

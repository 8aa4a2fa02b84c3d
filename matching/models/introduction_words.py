"""What states, events, reasons and outcomes of introductions are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntroductionStatus(models.TextChoices):
    """Where an introduction stands."""

    QUEUED = "queued", _("En revisión")
    SENT = "sent", _("Enviada")
    SEEN = "seen", _("Vista")
    INFO_REQUESTED = "info_requested", _("Piden más información")
    INFO_GIVEN = "info_given", _("Información enviada")
    ACCEPTED = "accepted", _("Aceptada")
    RELEASED = "released", _("En contacto")
    PLANNED = "planned", _("Reunión acordada")
    MET = "met", _("Se reunieron")
    NO_SHOW = "no_show", _("No hubo reunión")
    NEGOTIATING = "negotiating", _("En negociación")
    AGREED = "agreed", _("Con acuerdo")
    NOT_AGREED = "not_agreed", _("Sin acuerdo")
    DECLINED = "declined", _("No aceptada")
    EXPIRED = "expired", _("Sin respuesta")
    WITHDRAWN = "withdrawn", _("Retirada")
    BLOCKED = "blocked", _("Bloqueada")
    SUSPENDED = "suspended", _("Suspendida por el equipo")


class IntroductionStep(models.TextChoices):
    """What happened to an introduction, as its history tells it."""

    ASK = "ask", _("Presentación pedida")
    RELEASE = "release", _("Revisada y enviada")
    REFUSE = "refuse", _("Revisada y no enviada")
    SEE = "see", _("Vista")
    ASK_INFO = "ask_info", _("Pidió más información")
    GIVE_INFO = "give_info", _("Respondió")
    ACCEPT = "accept", _("Aceptó")
    DECLINE = "decline", _("No aceptó")
    CONSENT = "consent", _("Compartió sus datos")
    PLAN = "plan", _("Acordaron reunirse")
    MEET = "meet", _("Se reunieron")
    MISS = "miss", _("La reunión no se hizo")
    NEGOTIATE = "negotiate", _("Empezaron a negociar")
    AGREE = "agree", _("Llegaron a un acuerdo")
    NOT_AGREE = "not_agree", _("No llegaron a un acuerdo")
    WITHDRAW = "withdraw", _("Retirada")
    BLOCK = "block", _("Bloqueada")
    SUSPEND = "suspend", _("Suspendida por el equipo")
    NUDGE = "nudge", _("Recordatorio enviado")
    ESCALATE = "escalate", _("Se pidió ayuda a la gestión del clúster")
    EXPIRE = "expire", _("Venció sin respuesta")
    TAKE_OVER = "take_over", _("La gestión del clúster se hizo cargo")
    TRANSFER = "transfer", _("Pasó a otra persona de la gestión")


class IntroductionSide(models.TextChoices):
    """In which part somebody acts."""

    AUTHOR = "author", _("Quien pide")
    RECEIVER = "receiver", _("Quien recibe")
    BROKER = "broker", _("Gestión del clúster")
    STAFF = "staff", _("Equipo de Racimo")
    CLOCK = "clock", _("Racimo")


class IntroductionDecline(models.TextChoices):
    """Why an introduction is not taken up."""

    CAPACITY = "capacity", _("Ahora no tenemos capacidad")
    FIELD = "field", _("No es nuestro rubro")
    TERRITORY = "territory", _("No atendemos esa zona")
    SIZE = "size", _("El tamaño o el volumen no calza")
    PRICE = "price", _("El precio o el presupuesto no calza")
    EARLY = "early", _("Está en una etapa muy temprana")
    NO_ADVANTAGE = "no_advantage", _("No mejora lo que ya usamos")
    ROUTE = "route", _("No vemos cómo llegaría al mercado")
    UNCLEAR = "unclear", _("No entendimos lo que proponen")
    SERVED = "served", _("Ya tenemos quien lo hace")
    KNOWN = "known", _("Ya estamos en contacto")
    WRONG_PERSON = "wrong_person", _("No soy la persona indicada")
    SPAM = "spam", _("Parece publicidad no pedida")


class IntroductionChannel(models.TextChoices):
    """How the author would like to talk."""

    EMAIL = "email", _("Correo electrónico")
    WHATSAPP = "whatsapp", _("WhatsApp")
    VIDEO = "video", _("Videollamada")
    VISIT = "visit", _("Visita")


class QueuedFor(models.TextChoices):
    """Why somebody reads an introduction before it is sent."""

    ANONYMOUS = "anonymous", _("La publicación es anónima")
    NEW = "new", _("La organización que pide es nueva")
    UNCLAIMED = "unclaimed", _("Nadie de la organización usa Racimo todavía")


class IntroductionAbout(models.TextChoices):
    """Which listing of the receiver an introduction is about."""

    NEED = "need", _("Una necesidad")
    OFFER = "offer", _("Una oferta")


class OutcomeKind(models.TextChoices):
    """What came of an introduction."""

    MEETING = "meeting", _("Nos reunimos")
    QUOTE = "quote", _("Hubo una cotización")
    TRIAL = "trial", _("Hubo una prueba o muestra")
    PURCHASE = "purchase", _("Hubo una compra")
    CONTRACT = "contract", _("Firmamos un contrato")
    LICENSE = "license", _("Acordamos una licencia")
    RESEARCH = "research", _("Empezamos un proyecto de I+D")
    APPLICATION = "application", _("Postulamos juntos a un programa")
    AWARD = "award", _("Ganamos un apoyo juntos")
    HIRE = "hire", _("Hubo una contratación de personas")
    NONE = "none", _("Nada por ahora")


class ValueBand(models.TextChoices):
    """What an outcome is worth, in United States dollars."""

    UNDER_1K = "under_1k", _("Menos de 1.000 dólares")
    TO_5K = "to_5k", _("1.000 a 5.000 dólares")
    TO_20K = "to_20k", _("5.000 a 20.000 dólares")
    TO_100K = "to_100k", _("20.000 a 100.000 dólares")
    TO_500K = "to_500k", _("100.000 a 500.000 dólares")
    OVER_500K = "over_500k", _("Más de 500.000 dólares")


class Additionality(models.TextChoices):
    """Whether it would have happened without Racimo."""

    YES = "yes", _("Sí, igual")
    NO = "no", _("No")
    UNSURE = "unsure", _("No sé")

"""What can be chosen about offers and needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListingStatus(models.TextChoices):
    """What was decided about a listing; whether it is open also depends on the date."""

    DRAFT = "draft", _("Borrador")
    IN_CHECK = "in_check", _("En revisión")
    RETURNED = "returned", _("Devuelta")
    PUBLISHED = "published", _("Publicada")
    ON_HOLD = "on_hold", _("En pausa")
    FULFILLED = "fulfilled", _("Resuelta")
    ARCHIVED = "archived", _("Archivada")
    REMOVED = "removed", _("Retirada")


class ListingVisibility(models.TextChoices):
    """Who may see a listing."""

    PUBLIC = "public", _("Cualquier persona")
    MEMBERS = "members", _("Personas registradas")
    CLUSTER = "cluster", _("Quienes están en mis clústeres")
    INVITED = "invited", _("Las organizaciones que yo elija")
    PRIVATE = "private", _("Solo mi organización")


class Reach(models.TextChoices):
    """How far an offer serves, or how far a need looks."""

    RADIUS = "radius", _("Hasta cierta distancia")
    TERRITORIES = "territories", _("En ciertas regiones o países")
    NATIONAL = "national", _("En todo el país")
    WORLDWIDE = "worldwide", _("En cualquier país")


class Partnership(models.TextChoices):
    """The kind of deal that is offered or sought."""

    SUPPLY = "supply", _("Suministro")
    SUBCONTRACTING = "subcontracting", _("Subcontratación")
    DISTRIBUTION = "distribution", _("Distribución comercial")
    LICENSE = "license", _("Licencia o asistencia técnica")
    RESEARCH = "research", _("Investigación y desarrollo")
    INVESTMENT = "investment", _("Inversión o empresa conjunta")
    JOINT_PURCHASE = "joint_purchase", _("Compra conjunta")
    SERVICE = "service", _("Servicio o capacitación")


class Source(models.TextChoices):
    """Who wrote a listing."""

    SELF = "self", _("La propia organización")
    IMPORT = "import", _("Una fuente pública")
    ADVISER = "adviser", _("Una entrevista")
    PROGRAM = "program", _("Un programa de apoyo")


class CloseReason(models.TextChoices):
    """How a listing ended, as its author says."""

    SOLVED_HERE = "solved_here", _("Se resolvió por Racimo")
    SOLVED_ELSEWHERE = "solved_elsewhere", _("Se resolvió por otra vía")
    CANCELLED = "cancelled", _("Ya no hace falta")
    NO_ANSWER = "no_answer", _("Nadie respondió")


class OfferKind(models.TextChoices):
    """What is offered."""

    PRODUCT = "product", _("Producto")
    SERVICE = "service", _("Servicio")
    CAPACITY = "capacity", _("Capacidad disponible")
    TECHNOLOGY = "technology", _("Tecnología")


class NeedKind(models.TextChoices):
    """What is sought."""

    PRODUCT = "product", _("Un producto")
    SERVICE = "service", _("Un servicio")
    QUOTE = "quote", _("Cotizaciones para una lista")
    TECHNOLOGY = "technology", _("Una tecnología")
    RESEARCH = "research", _("Socios para investigar")


class Urgency(models.TextChoices):
    """When an answer is needed."""

    NOW = "now", _("Ahora")
    QUARTER = "quarter", _("En uno a tres meses")
    YEAR = "year", _("En tres a doce meses")
    EXPLORING = "exploring", _("Estoy explorando")


class Decider(models.TextChoices):
    """Who decides about a need."""

    AUTHOR = "author", _("Quien publica")
    MANAGEMENT = "management", _("La gerencia o el directorio")
    COMMITTEE = "committee", _("Un comité de compras")
    OTHER = "other", _("Otra persona")


class PriceModel(models.TextChoices):
    """How a price is made."""

    FIXED = "fixed", _("Precio fijo")
    HOURLY = "hourly", _("Por hora o por jornada")
    ON_QUOTE = "on_quote", _("Según cotización")
    FREE = "free", _("Gratis o subvencionado")


class IprStatus(models.TextChoices):
    """How a technology is protected."""

    NONE = "none", _("Sin protección")
    SECRET = "secret", _("Secreto industrial")
    APPLIED = "applied", _("Patente solicitada")
    GRANTED = "granted", _("Patente concedida")
    COPYRIGHT = "copyright", _("Derecho de autor o software")
    PLANT_VARIETY = "plant_variety", _("Variedad vegetal")
    UTILITY_MODEL = "utility_model", _("Modelo de utilidad")
    DESIGN = "design", _("Diseño registrado")


class Exclusivity(models.TextChoices):
    """Whether others may use a technology too."""

    EXCLUSIVE = "exclusive", _("Exclusiva")
    NON_EXCLUSIVE = "non_exclusive", _("No exclusiva")
    OPTION = "option", _("Opción, a convenir")


class TransferMode(models.TextChoices):
    """How a technology passes on."""

    LICENSE = "license", _("Licencia")
    ASSIGNMENT = "assignment", _("Cesión")
    SPIN_OFF = "spin_off", _("Empresa derivada")
    RESEARCH_CONTRACT = "research_contract", _("Contrato de investigación")
    SERVICE = "service", _("Servicio tecnológico")
    PILOT = "pilot", _("Piloto")


class PartnerHelp(models.TextChoices):
    """What a technology asks of whoever takes it further."""

    FUNDING = "funding", _("Financiamiento")
    PILOT_SITE = "pilot_site", _("Un lugar para probar")
    SCALE_UP = "scale_up", _("Escalar la producción")
    REGULATORY = "regulatory", _("Registros y permisos")
    MARKET = "market", _("Llegar al mercado")

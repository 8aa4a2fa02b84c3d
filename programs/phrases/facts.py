"""The name of each fact, as said at the start of a sentence."""

from django.utils.translation import gettext as _

from programs.eligibility.facts import FactName


def fact_label(fact: FactName) -> str:
    """Name a fact."""
    return _identity(fact) or _figures(fact) or _project(fact) or fact.value


def _identity(fact: FactName) -> str:
    labels = {
        FactName.COUNTRY: _("País de registro"),
        FactName.LEGAL_FORM: _("Forma jurídica"),
        FactName.TAX_CATEGORY: _("Categoría tributaria"),
        FactName.TAX_ID_STATUS: _("Estado del número tributario"),
        FactName.REGISTRATIONS: _("Inscripciones en registros"),
        FactName.FIRST_INVOICE_ON: _("Fecha de la primera factura"),
        FactName.REPRESENTATIVE_NATIONALITY: _("Nacionalidad de quien postula"),
        FactName.REPRESENTATIVE_AGE: _("Edad de quien postula"),
        FactName.STAGES: _("Eslabones de la cadena en que trabaja"),
        FactName.MARKETS: _("Mercados a los que apunta"),
        FactName.AWARDS: _("Apoyos recibidos antes"),
        FactName.POPULATION_GROUPS: _("Grupos de población de quienes la dirigen"),
        FactName.QUALIFICATIONS: _("Formación de quien dirige el proyecto"),
        FactName.COMPLETED: _("Diagnósticos y formaciones completadas"),
    }
    return labels.get(fact, "")


def _figures(fact: FactName) -> str:
    labels = {
        FactName.SALES: _("Ventas anuales"),
        FactName.BALANCE: _("Activo total"),
        FactName.HEADCOUNT: _("Personas que trabajan"),
        FactName.MEMBER_COUNT: _("Asociados de la cooperativa"),
        FactName.FOREIGN_PCT: _("Capital extranjero, en %"),
        FactName.OPEN_AWARDS: _("Proyectos apoyados en curso"),
        FactName.AID_3Y: _("Ayudas públicas recibidas en tres años"),
        FactName.WOMEN_BOARD_PCT: _("Mujeres en el directorio, en %"),
        FactName.WOMEN_CAPITAL_PCT: _("Capital en manos de mujeres, en %"),
    }
    return labels.get(fact, "")


def _project(fact: FactName) -> str:
    labels = {
        FactName.EXECUTION_PLACES: _("Dónde se ejecuta el proyecto"),
        FactName.TRL_START: _("Madurez tecnológica al empezar (TRL)"),
        FactName.TRL_END: _("Madurez tecnológica al terminar (TRL)"),
        FactName.DURATION_MONTHS: _("Duración del proyecto, en meses"),
        FactName.BUDGET: _("Presupuesto del proyecto"),
        FactName.REQUESTED: _("Monto pedido"),
        FactName.COUNTERPART_PCT: _("Aporte propio, en % del costo"),
        FactName.CASH_PCT: _("Parte del aporte en dinero, en %"),
        FactName.SPENDING: _("Gastos del proyecto por tipo"),
        FactName.JOBS: _("Empleos que crea el proyecto"),
        FactName.PURPOSES: _("Propósito del proyecto"),
        FactName.SPONSORS: _("Patrocinador del proyecto"),
        FactName.PARTNERS: _("Socios del proyecto"),
        FactName.PARTNER_COUNT: _("Cantidad de socios"),
        FactName.INDEPENDENT_PARTNERS: _("Socios independientes entre sí"),
        FactName.PARTNER_COUNTRIES: _("Países de los socios"),
        FactName.PARTNER_KINDS: _("Tipos de socios"),
        FactName.LEAD_KIND: _("Tipo de quien lidera"),
        FactName.LARGEST_SHARE_PCT: _("Mayor parte de un socio en el costo, en %"),
        FactName.LARGEST_COUNTRY_PCT: _("Mayor parte de un país en el costo, en %"),
        FactName.SME_COST_PCT: _("Parte de las pymes en el costo, en %"),
        FactName.BENEFICIARY_COUNT: _("Empresas beneficiarias"),
    }
    return labels.get(fact, "")

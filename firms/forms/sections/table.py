"""The one table of sections, in the order in which people fill them in."""

from django.utils.translation import gettext_lazy as _

from firms.forms.sections import figures, identity, institutions, places, proofs
from firms.forms.sections.section import Section
from firms.models import Organization, OrganizationKind

RESEARCHING = frozenset(
    {
        OrganizationKind.UNIVERSITY,
        OrganizationKind.RESEARCH_CENTER,
        OrganizationKind.TECHNOLOGY_CENTER,
    }
)
REPRESENTING = frozenset(
    {
        OrganizationKind.CHAMBER,
        OrganizationKind.PRODUCER_ASSOCIATION,
        OrganizationKind.COOPERATIVE,
        OrganizationKind.CLUSTER_ORGANIZATION,
    }
)

SECTIONS = (
    Section(
        "identity",
        _("Identidad"),
        _("Quién es ante los demás y ante la ley."),
        (identity.IdentityPart,),
    ),
    Section(
        "about",
        _("Qué hace"),
        _("Con esto encontramos con quién coincide."),
        (identity.AboutPart,),
    ),
    Section(
        "sites",
        _("Sedes"),
        _("Dónde trabaja, con la exactitud que usted decida."),
        (places.SitePart,),
    ),
    Section(
        "reach",
        _("Alcance, mercados e idiomas"),
        _("Hasta dónde atiende y a quién vende."),
        (places.ServiceAreaPart, places.MarketPart, identity.LanguagesPart),
    ),
    Section(
        "capabilities",
        _("Capacidades y equipos"),
        _("Lo que sabe hacer y con qué máquinas."),
        (proofs.CapabilityPart, proofs.EquipmentPart),
    ),
    Section(
        "certificates",
        _("Certificados e inscripciones"),
        _("Lo que puede demostrar, y hasta cuándo vale."),
        (proofs.CertificatePart, proofs.RegistrationPart),
    ),
    Section(
        "size",
        _("Tamaño y personal"),
        _("Muchos programas dependen del tamaño."),
        (figures.SizePart, figures.SizeDeclarationPart, figures.HeadcountPart),
    ),
    Section(
        "figures",
        _("Ventas, personas y activos por año"),
        _("Por tramos y por año. La cifra exacta es opcional y la ven solo quienes administran."),
        (figures.AnnualFiguresPart,),
    ),
    Section(
        "research",
        _("Investigación y transferencia"),
        _("Lo que su institución ofrece a las empresas."),
        (
            institutions.ResearchPart,
            institutions.ResearchGroupPart,
            institutions.TechnicalServicePart,
        ),
        RESEARCHING,
    ),
    Section(
        "agency",
        _("Competencia"),
        _("Hasta dónde llega la agencia y qué norma la respalda."),
        (institutions.AgencyPart,),
        frozenset({OrganizationKind.PUBLIC_AGENCY}),
    ),
    Section(
        "association",
        _("Representación"),
        _("A cuántos representa, en qué sectores y dónde."),
        (institutions.AssociationPart,),
        REPRESENTING,
    ),
    Section(
        "web",
        _("Sitio web y contacto"),
        _("Dónde encontrarla y a qué buzón escribirle."),
        (identity.WebPart, identity.SocialPart),
    ),
    Section(
        "ownership",
        _("Propiedad y grupo"),
        _("En manos de quién está; un grupo cuenta una sola vez en las estadísticas."),
        (figures.OwnershipPart,),
        administrators_only=True,
    ),
)


def section_named(slug: str, organization: Organization) -> Section | None:
    """Return a section that is asked of an organization."""
    found = [each for each in sections_for(organization) if each.slug == slug]
    return found[0] if found else None


def sections_for(organization: Organization) -> list[Section]:
    """Return the sections that are asked of an organization."""
    return [section for section in SECTIONS if section.concerns(organization)]

"""A small world with one of each thing, and one person per way of standing to it."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster
from firms.models import Need, Offer, Organization, Role
from tests.factories import (
    AffiliationFactory,
    CertificateFactory,
    CertificateStandardFactory,
    CityFactory,
    ClusterFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
    ValueChainStageFactory,
)

PASSWORD = "uvas-verdes-del-valle"


@dataclass(frozen=True)
class World:
    owner: User
    colleague: User
    outsider: User
    staff: User
    winery: Organization
    printer: Organization
    cluster: Cluster
    need: Need
    offer: Offer


def person(email: str, **fields: object) -> User:
    """Make somebody who can sign in: with a password and a confirmed address."""
    user: User = UserFactory(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def build_world() -> World:
    """Make a winery that needs labels, a printer that offers them, and their cluster."""
    today = timezone.localdate()
    dates = {"valid_from": today - dt.timedelta(1), "valid_until": today + dt.timedelta(60)}
    winery = OrganizationFactory(trade_name="Viña Ejemplo", one_line="Vinos de Colchagua")
    printer = OrganizationFactory(trade_name="Etiquetas del Tinguiririca", size_class="small")
    owner, colleague = person("duena@ejemplo.org", name="Ana Rojas"), person("editor@ejemplo.org")
    MembershipFactory(user=owner, organization=winery)
    MembershipFactory(user=colleague, organization=winery, role=Role.EDITOR)
    outsider = person("ajena@ejemplo.org")
    MembershipFactory(user=outsider, organization=printer)
    cluster = ClusterFactory(slug="vino-colchagua", label_es="Vino de Colchagua")
    for organization in (winery, printer):
        SiteFactory(organization=organization)
        AffiliationFactory(organization=organization, cluster=cluster)
    ValueChainStageFactory(cluster=cluster, label_es="Etiqueta y diseño")
    CityFactory(name="Santa Cruz")
    fsc = CertificateStandardFactory(code="fsc", label_es="FSC")
    CertificateFactory(organization=printer, standard=fsc)
    published = {"published_at": timezone.now() - dt.timedelta(minutes=3), **dates}
    return World(
        owner=owner,
        colleague=colleague,
        outsider=outsider,
        staff=person("equipo@ejemplo.org", is_staff=True),
        winery=winery,
        printer=printer,
        cluster=cluster,
        need=NeedFactory(organization=winery, title="Etiquetas para 8.000 botellas", **published),
        offer=OfferFactory(organization=printer, title="Etiquetas autoadhesivas", **published),
    )

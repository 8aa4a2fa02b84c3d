"""Places, classifications and clusters."""

import factory

from clusters.models import (
    AdminUnit,
    CertificateFamily,
    CertificateStandard,
    City,
    Classification,
    Cluster,
    Scheme,
    StageKind,
    ValueChainStage,
)
from tests.factories.basics import SANTA_CRUZ, box, point


class CountryFactory(factory.django.DjangoModelFactory):
    """Chile unless told otherwise; the same country is made once."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "CL"
    country_code = factory.SelfAttribute("code")
    level = 0
    label_es = factory.SelfAttribute("code")
    center = factory.LazyFunction(lambda: point(-70.65, -33.45))


class RegionFactory(factory.django.DjangoModelFactory):
    """O'Higgins in Chile unless told otherwise; the same region is made once."""

    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "CL-LI"
    country_code = factory.LazyAttribute(lambda unit: unit.code[:2])
    level = 1
    parent = factory.SubFactory(CountryFactory, code=factory.SelfAttribute("..country_code"))
    label_es = factory.SelfAttribute("code")
    center = factory.LazyFunction(lambda: point(-71.07, -34.52))


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City

    geonames_id = factory.Sequence(lambda n: 1_000_000 + n)
    name = factory.Sequence(lambda n: f"Ciudad {n}")
    search_name = factory.LazyAttribute(lambda city: city.name.lower())
    admin_unit = factory.SubFactory(RegionFactory)
    country = factory.SelfAttribute("admin_unit.parent")
    point = factory.LazyFunction(lambda: point(*SANTA_CRUZ))
    population = 30_000
    timezone = "America/Santiago"


class ClassificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Classification
        django_get_or_create = ("scheme", "code")

    scheme = Scheme.ISIC4
    code = "1102"
    level = 4
    path = factory.LazyAttribute(lambda c: f"{c.code[:2]}/{c.code[:3]}/{c.code}")
    label_es = factory.LazyAttribute(lambda c: f"Clase {c.code}")


class CertificateStandardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificateStandard
        django_get_or_create = ("code",)

    code = "iso-9001"
    family = CertificateFamily.QUALITY
    label_es = factory.SelfAttribute("code")


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"cluster-{n}")
    label_es = factory.Sequence(lambda n: f"Clúster {n}")
    country = factory.SubFactory(CountryFactory)
    territory = factory.LazyFunction(lambda: box(-71.8, -34.9, -70.9, -34.3))


class ValueChainStageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValueChainStage

    cluster = factory.SubFactory(ClusterFactory)
    code = factory.Sequence(lambda n: f"etapa-{n}")
    label_es = factory.Sequence(lambda n: f"Etapa {n}")
    kind = StageKind.TRANSFORMATION
    position = factory.Sequence(lambda n: n % 1000)

"""Whatever the engine says of a match has words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from matching.engine.reasons import Reason
from matching.words import Phrasebook
from tests.factories import CertificateStandardFactory, ClassificationFactory, ClusterFactory

pytestmark = pytest.mark.django_db


def reasons():
    wine = ClassificationFactory(code="110", level=3, label_es="Bebidas")
    entry = {"scheme": wine.scheme, "entry": wine.code, "level": 3}
    return [
        Reason("same_classification", {**entry, "exact": 1}),
        Reason("same_classification", {**entry, "exact": 0}),
        Reason("terms", {"terms": ["etiquetas", "vino"]}),
        Reason("covers_place", {"rule": "radius", "km": 120, "distance_km": 41.0}),
        Reason("covers_place", {"rule": "territories", "distance_km": 41.0}),
        Reason("covers_place", {"rule": "national", "distance_km": 41.0}),
        Reason("covers_place", {"rule": "worldwide", "distance_km": 41.0}),
        Reason("holds_certificates", {"ids": [CertificateStandardFactory().pk]}),
        Reason("same_cluster", {"ids": [ClusterFactory().pk]}),
        Reason("wanted_size", {"size": "small"}),
        Reason("fresh", {"days": 3}),
        Reason("other_classification"),
        Reason("few_terms"),
        Reason("far", {"distance_km": 900.0}),
        Reason("other_size", {"size": "large"}),
        Reason("old", {"days": 400}),
    ]


def test_every_reason_of_the_engine_has_a_sentence():
    listed = reasons()
    book = Phrasebook.for_reasons(listed, actor=AnonymousUser())
    with translation.override("es"):
        silent = [reason.as_json() for reason in listed if not book.sentence(reason)]
    assert silent == []
    assert "Bebidas" in book.sentence(listed[0])

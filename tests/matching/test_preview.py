"""A draft is answered at once, from what its reader may see, and leaves nothing behind."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Scheme
from common.jobs.models import Job
from firms.models import Reach, Visibility
from matching.models import Match, MatchRun, NeedDoc
from matching.services.classify import suggest_classifications
from matching.services.lexicon import learn_lexicon
from matching.services.preview import preview_need
from matching.services.results import NeedDraft
from tests.factories import (
    TODAY,
    CertificateFactory,
    CertificateStandardFactory,
    ClassificationFactory,
    OfferFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
    point,
)
from tests.matching.run import match_offer

pytestmark = pytest.mark.django_db

ANYONE = AnonymousUser()
TEXT = "Necesito etiquetas para botellas de vino"


def published(**values):
    values.setdefault("organization", OrganizationFactory(legal_name=f"Gráfica {Count.next()}"))
    offer = OfferFactory(**values)
    match_offer(offer)
    return offer


class Count:
    last = 0

    @classmethod
    def next(cls):
        cls.last += 1
        return "abcdefghijklmnopqrstuvwxyz"[cls.last % 26] * 3


def previewed(text=TEXT, actor=ANYONE, **draft):
    return preview_need(NeedDraft(text=text, **draft), actor=actor, today=TODAY)


def names(preview):
    return [ranked.best.offer.title for ranked in preview.ranked]


def test_the_closest_offer_comes_first_with_its_reasons():
    published(title="Etiquetas de papel")
    published(title="Etiquetas autoadhesivas para botellas de vino")
    published(title="Transporte de carga")
    found = previewed()
    assert names(found)[0] == "Etiquetas autoadhesivas para botellas de vino"
    assert found.total == len(found.ranked) == 2
    assert found.language == "es"
    best = found.ranked[0].best
    assert best.reasons[0].code == "terms"
    assert set(best.reasons[0].params["terms"]) == {"etiquetas", "botellas", "vino"}
    assert best.features["geography"] is None
    assert best.distance_km is None


def test_nothing_is_stored():
    published(title="Etiquetas")
    previewed()
    for model in (NeedDoc, Match, MatchRun, Job):
        assert not model.objects.exists()


def test_an_organization_appears_once_with_its_best_offer():
    organization = OrganizationFactory(legal_name="Imprenta")
    published(title="Etiquetas para vino", organization=organization)
    published(title="Etiquetas para botellas de vino", organization=organization)
    found = previewed()
    assert found.total == 1
    assert names(found) == ["Etiquetas para botellas de vino"]
    assert [other.offer.title for other in found.ranked[0].others] == ["Etiquetas para vino"]


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PRIVATE])
def test_what_is_not_public_is_neither_shown_nor_counted_to_anyone(visibility):
    published(title="Etiquetas para vino", visibility=visibility)
    hidden = OrganizationFactory(legal_name="Imprenta", visibility=visibility)
    published(title="Etiquetas para vino", organization=hidden)
    found = previewed()
    assert found.total == 0
    assert found.gates.open_offers == 0
    assert all(step.kept == 0 for step in found.gates.steps)


def test_members_see_what_is_for_members():
    published(title="Etiquetas para vino", visibility=Visibility.MEMBERS)
    assert previewed(actor=UserFactory()).total == 1


def test_one_does_not_find_ones_own_offers():
    offer = published(title="Etiquetas para vino")
    assert previewed(organization_id=offer.organization_id).total == 0


def test_the_ledger_tells_what_each_condition_removes_and_what_to_relax():
    region = RegionFactory()
    standard = CertificateStandardFactory()
    certified = published(title="Etiquetas para vino")
    CertificateFactory(organization=certified.organization, standard=standard)
    match_offer(certified)
    published(title="Etiquetas para vino")
    published(title="Etiquetas para vino", open_to_contact=False)
    published(title="Etiquetas para vino", point=point(-70.917, -53.163))
    found = previewed(
        admin_unit_id=region.pk,
        point=point(-71.366, -34.639),
        reach=Reach.RADIUS,
        reach_km=100,
        required_certificate_ids=(standard.pk,),
    )
    assert found.total == 1
    kept = {step.code: step.kept for step in found.gates.steps}
    assert kept == {
        "open": 4,
        "same_field": 4,
        "covers_place": 4,
        "within_reach": 3,
        "open_to_contact": 2,
        "certificates": 1,
        "score": 1,
    }
    assert {step.code: step.gain for step in found.gates.relaxations} == {"certificates": 1}
    assert found.gates.open_offers == 4


def test_a_draft_without_a_place_is_refused_by_no_distance():
    published(title="Etiquetas para vino", reach=Reach.RADIUS, reach_km=10)
    assert previewed(reach=Reach.NATIONAL).total == 1


@pytest.mark.parametrize("text", ["", " ", "de la", "\x00", "x" * 100_000, "🍇" * 50])
def test_a_draft_that_says_nothing_finds_nothing(text):
    published(title="Etiquetas para vino")
    assert previewed(text).total == 0


def test_a_need_in_one_language_finds_offers_in_another():
    for number, (es, pt) in enumerate(
        [("botellas de vino", "garrafas de vinho"), ("botellas", "garrafas"), ("vino", "vinho")] * 2
    ):
        ClassificationFactory(code=f"{1100 + number}", label_es=es, label_pt=pt)
    assert learn_lexicon() > 0
    published(title="Garrafas de vidro", language="pt")
    found = previewed("Necesito botellas")
    assert names(found) == ["Garrafas de vidro"]
    assert found.ranked[0].best.reasons[0].params["terms"] == ["botellas"]


def queries(rows):
    for _ in range(rows):
        published(title="Etiquetas para vino")
    previewed()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        previewed()
    return len(captured)


def test_a_preview_asks_the_same_few_questions_of_3_offers_and_of_30():
    assert queries(3) == queries(27) == 10


def test_labels_and_like_offers_suggest_classifications():
    wine = ClassificationFactory(code="1102", label_es="Elaboración de vinos")
    ClassificationFactory(code="1709", label_es="Fabricación de artículos de papel")
    found = suggest_classifications("vinos finos", language="es", actor=ANYONE, today=TODAY)
    assert [(s.classification_id, s.code) for s in found] == [(wine.pk, "1102")]
    assert 0 < found[0].score <= 1
    offer = OfferFactory(title="Botellas")
    offer.classifications.add(wine)
    match_offer(offer)
    by_offers = suggest_classifications("botellas", language=None, actor=ANYONE, today=TODAY)
    assert [s.code for s in by_offers] == ["1102"]
    assert suggest_classifications("", language="es", actor=ANYONE, today=TODAY) == []


def product(code, label):
    return ClassificationFactory(scheme=Scheme.CPV2008, code=code, label_es=label)


def test_what_tenders_teach_weighs_more_than_words_that_a_label_shares():
    product("39160000", "Mobiliario de comedor escolar")
    product("55523100", "Servicios de comidas para centros educativos")
    product("34100000", "Vehículos")
    found = suggest_classifications("comedor escolar", language="es", actor=ANYONE, today=TODAY)
    assert [s.code for s in found] == ["55523100", "39160000"]
    assert 1 >= found[0].score > found[1].score > 0


def test_a_product_that_the_model_does_not_know_is_suggested_by_its_label():
    product("99999999", "Drones")
    found = suggest_classifications("drones", language="es", actor=ANYONE, today=TODAY)
    assert [s.code for s in found] == ["99999999"]


def test_expired_offers_are_not_previewed():
    published(title="Etiquetas para vino", valid_until=TODAY)
    draft = NeedDraft(text=TEXT)
    tomorrow = TODAY + dt.timedelta(days=1)
    assert preview_need(draft, actor=ANYONE, today=tomorrow).total == 0

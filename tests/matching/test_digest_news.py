"""What a digest says of matches."""

import pytest

from matching.models import ToldMatch
from tests.factories import NOW, NeedFactory, OfferFactory, UserFactory
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_person_is_told_of_a_match_once():
    told = {"person": UserFactory(), "need": NeedFactory(), "offer": OfferFactory()}
    ToldMatch.objects.create(told_at=NOW, **told)
    with violates("told_match_once"):
        ToldMatch.objects.create(told_at=NOW, **told)

"""A request that is sent twice is carried out once."""

import pytest

from common.models import KeptAnswer
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_a_key_is_one_request_of_one_person_and_its_status_is_one() -> None:
    KeptAnswer.objects.create(actor_id=1, key="k", digest="d")
    KeptAnswer.objects.create(actor_id=2, key="k", digest="d")
    with violates("kept_answer_once"):
        KeptAnswer.objects.create(actor_id=1, key="k", digest="e")
    with violates("kept_answer_status_is_one"):
        KeptAnswer.objects.create(actor_id=3, key="k", digest="d", status=99)

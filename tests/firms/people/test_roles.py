"""Whatever people do to each other, roles stay in order."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firms.models import Membership, Organization, Role
from firms.services import people
from tests.factories import MembershipFactory, OrganizationFactory

RANK = {Role.READER: 0, Role.EDITOR: 1, Role.ADMINISTRATOR: 2}
SIZE = 4
PERSON = st.integers(0, SIZE - 1)
DEED = st.tuples(PERSON, PERSON, st.sampled_from([*Role, None]))
START = st.lists(st.sampled_from(list(Role)), min_size=SIZE - 1, max_size=SIZE - 1)


def ranks(organization: Organization) -> dict[int, int]:
    rows = Membership.objects.filter(organization=organization).order_by("pk")
    return {user: RANK[Role(role)] for user, role in rows.values_list("user_id", "role")}


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=START, deeds=st.lists(DEED, max_size=8))
def test_nobody_gets_more_than_was_theirs_to_give(
    start: list[Role], deeds: list[tuple[int, int, Role | None]]
) -> None:
    with transaction.atomic():
        own = OrganizationFactory()
        places = [
            MembershipFactory(organization=own, role=role) for role in (Role.ADMINISTRATOR, *start)
        ]
        for by, other, role in deeds:
            before = ranks(own)
            _do(places[by], places[other], role)
            after = ranks(own)
            doer = before.get(places[by].user_id, -1)
            raised = [rank for user, rank in after.items() if rank > before.get(user, -1)]
            assert all(rank <= doer for rank in raised)
            changed = {user for user in before if before[user] != after.get(user)}
            assert doer == 2 or changed <= {places[by].user_id}
            assert 2 in after.values()
        transaction.set_rollback(True)


def _do(by: Membership, other: Membership, role: Role | None) -> None:
    try:
        if role is None:
            people.remove_person(by=by.user, membership=other)
        else:
            people.change_role(by=by.user, membership=other, role=role)
    except people.CannotChangePeople:
        return

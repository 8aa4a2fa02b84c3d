"""What only administrators write of a profile, by a program."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from firms.models import FieldVisibility, Leadership, OwnershipLink
from tests.factories import OrganizationFactory
from tests.firms.actors import Cast
from tests.firms.profile.test_api import cast, program

__all__ = ["cast", "program"]
pytestmark = pytest.mark.django_db
Program = Callable[..., Client]


def at(cast: Cast, place: str) -> str:
    return f"/api/v1/organizations/{cast.organization.public_id}/{place}/"


def put(client: Client, address: str, body: Any) -> Any:
    return client.put(address, body, content_type="application/json")


def test_leadership_is_told_with_consent_read_back_and_withdrawn(
    cast: Cast, program: Program
) -> None:
    client, address = program(cast.owner), at(cast, "leadership")
    said = {"women_led": True, "women_capital_pct": "60.50", "consent": True}
    for wrong in ({**said, "consent": False}, {"women_led": True}, {**said, "women_led": "sí"}):
        assert put(client, address, wrong).status_code == 400
    assert not Leadership.objects.exists()
    told = put(client, address, said)
    assert told.status_code == 200, told.json()
    row = cast.organization.leadership
    assert (row.women_led, row.youth_led, row.consented_by) == (True, None, cast.owner)
    assert client.get(address).json() == told.json()
    assert "consent" not in told.json()
    assert put(client, address, {"youth_led": False, "consent": True}).json()["women_led"] is None
    assert client.delete(address).status_code == 204
    assert not Leadership.objects.exists()
    assert client.get(address).json()["consented_at"] is None


def test_who_sees_each_part_is_written_whole_and_leadership_never(
    cast: Cast, program: Program
) -> None:
    client, address = program(cast.owner), at(cast, "visibility")
    told = client.get(address).json()
    assert "leadership" not in told["parts"]
    wanted = {"visibility": "members", "parts": {**told["parts"], "sales": "administrators"}}
    for wrong in (
        {**told, "parts": {**told["parts"], "leadership": "public"}},
        {**told, "parts": {"sales": "public"}},
        {**told, "parts": {**told["parts"], "sales": "everyone"}},
    ):
        assert put(client, address, wrong).status_code == 400
    assert not FieldVisibility.objects.exists()
    assert put(client, address, wanted).json() == wanted
    row = FieldVisibility.objects.get()
    assert (row.group, row.level) == ("sales", "administrators")


def test_a_link_of_ownership_is_said_confirmed_by_the_other_end_and_undone(
    cast: Cast, program: Program
) -> None:
    client, address = program(cast.owner), at(cast, "ownership-links")
    other = OrganizationFactory()
    hidden = OrganizationFactory(visibility="private")
    said = {"other": str(other.public_id), "role": "owner", "percentage": "51.00"}

    def post(body: Any) -> Any:
        return client.post(address, body, content_type="application/json")

    for wrong in (
        {**said, "other": str(hidden.public_id)},
        {**said, "percentage": "0"},
        {**said, "other": str(cast.organization.public_id)},
    ):
        assert post(wrong).status_code == 400
    link = post(said)
    assert link.status_code == 201, link.json()
    assert OwnershipLink.objects.get().owner == other
    assert client.get(address).json() == [link.json()]
    assert not link.json()["is_confirmed"]
    one = f"{address}{link.json()['id']}/"
    assert put(client, one, {}).json()["is_confirmed"] is False  # one end says it twice
    OwnershipLink.objects.update(owner_confirmed_on="2026-01-01")
    assert client.get(address).json()[0]["is_confirmed"]
    assert client.delete(one).status_code == 204
    assert not OwnershipLink.objects.exists()

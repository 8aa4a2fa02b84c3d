"""Tiles show where organizations are, and no more than the reader may know."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from common.jobs import Work
from firms.models import DirectoryTally, MapTally, Organization, Site, Visibility
from firms.services.directory.tallies import fold, recount
from firms.services.directory.tiles import Tile
from tests.factories import MembershipFactory, OrganizationFactory, SiteFactory, UserFactory, point

pytestmark = pytest.mark.django_db

WORK = Work("directory.fold", 0, 0, {}, None, dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
FAR, NEAR = "5/9/19", "12/1236/2469"


def features(client: Client, tile: str, which: str = "tiles", **query: str) -> list[dict[str, Any]]:
    """Return what a tile holds, read by GDAL's own reader in the database's stead."""
    answer = client.get(f"/es/directory/{which}/{tile}.mvt", query)
    assert answer.status_code == 200, answer.status_code
    return decode(answer.content)


def decode(content: bytes) -> list[dict[str, Any]]:
    """Read a vector tile with one layer (Mapbox Vector Tile 2.1), as plain as can be."""
    if not content:
        return []
    layer = dict_of(content)[3][0]
    fields = dict_of(layer)
    keys = [text.decode() for text in fields.get(3, [])]
    values = [value_of(raw) for raw in fields.get(4, [])]
    found = []
    for raw in fields.get(2, []):
        parts = dict_of(raw)
        tags = varints(parts.get(2, [b""])[0])
        row = {keys[tags[i]]: values[tags[i + 1]] for i in range(0, len(tags), 2)}
        found.append(row | {"geometry": tuple(varints(parts[4][0])[1:])})
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def varints(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


def dict_of(data: bytes) -> dict[int, list[Any]]:
    fields: dict[int, list[Any]] = {}
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 2:
            size, at = varint(data, at)
            value: Any = data[at : at + size]
            at += size
        elif key & 7 == 1:
            value, at = data[at : at + 8], at + 8
        else:
            value, at = varint(data, at)
        fields.setdefault(key >> 3, []).append(value)
    return fields


def value_of(raw: bytes) -> Any:
    ((kind, (value,)),) = dict_of(raw).items()
    return value.decode() if kind == 1 else value // 2 if kind == 6 else value


def settled() -> None:
    fold(WORK)


def test_far_out_organizations_are_counted_by_cells(client: Client) -> None:
    for _ in range(3):
        SiteFactory()
    settled()
    (cell,) = features(client, FAR)
    assert cell["n"] == 3
    assert "id" not in cell


@pytest.mark.parametrize("z", [8, 12])
def test_bunches_stand_an_eighth_of_a_tile_apart(client: Client, z: int) -> None:
    degrees = 360 / 2**z
    west = -180 + degrees * (int(109.4 / degrees) + 0.01)
    for eighths in (0.1, 0.8, 1.3):  # two in the first eighth of the tile, one in the second
        SiteFactory(point=point(west + degrees * eighths / 8, -34.64))
    settled()
    found = features(client, tile_of(z, west))
    assert sorted(feature["n"] for feature in found) == [1, 2]


def test_close_by_each_one_has_its_name(client: Client) -> None:
    organization = SiteFactory(
        organization=OrganizationFactory(legal_name="Viña Sola")
    ).organization
    (found,) = features(client, tile_of(12))
    assert (found["n"], found["label"]) == (1, "Viña Sola")
    assert found["id"] == str(organization.public_id)


def tile_of(z: int, longitude: float = -71.37, latitude: float = -34.64) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT floor((ST_X(p) / 40075016.685578488 + .5) * 2 ^ %s)::int,"
            " floor((.5 - ST_Y(p) / 40075016.685578488) * 2 ^ %s)::int FROM (SELECT"
            " ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), 3857) AS p) q",
            [z, z, longitude, latitude],
        )
        x, y = cursor.fetchone()
    return f"{z}/{x}/{y}"


def test_filters_narrow_both_kinds_of_tile(client: Client) -> None:
    SiteFactory(organization=OrganizationFactory(kind="university", legal_name="Estudios"))
    SiteFactory(organization=OrganizationFactory(legal_name="Viña"))
    settled()
    for tile in (FAR, tile_of(13)):
        assert [f["n"] for f in features(client, tile, kind="university")] == [1]
        assert [f["n"] for f in features(client, tile, kind="university", q="viña")] == []
        assert [f["n"] for f in features(client, tile)] == [2]


@pytest.mark.parametrize("z", [2, 8, 11, 14])
def test_what_is_hidden_changes_no_byte_of_the_public_tile(client: Client, z: int) -> None:
    SiteFactory()
    settled()
    before = client.get(f"/es/directory/tiles/{tile_of(z)}.mvt").content
    for hides in (Visibility.MEMBERS, Visibility.PRIVATE):
        SiteFactory(organization=OrganizationFactory(visibility=hides))
    SiteFactory(organization=OrganizationFactory(status="suspended"))
    settled()
    staff = Client()
    staff.force_login(UserFactory(is_staff=True))
    for reader in (client, staff):
        answer = reader.get(f"/es/directory/tiles/{tile_of(z)}.mvt")
        assert answer.content == before
        assert "public" in answer["Cache-Control"]
    own = staff.get(f"/es/directory/own-tiles/{tile_of(z)}.mvt")
    assert own["Cache-Control"] == "private, no-store"
    assert own.content != before


def test_only_its_people_see_where_a_site_really_is() -> None:
    membership = MembershipFactory()
    site = SiteFactory(organization=membership.organization, point=point(-71.36612, -34.63934))
    tile = tile_of(14, -71.36612, -34.63934)
    outsider, own = Client(), Client()
    outsider.force_login(UserFactory())
    own.force_login(membership.user)
    snapped = {f["geometry"] for z in [tile_of(14, -71.37, -34.64)] for f in features(Client(), z)}
    assert len(snapped) == 1
    for dx, dy in ((0.0049, 0), (-0.0049, 0.0049), (0.001, -0.003), (0, 0)):
        moved = point(-71.37 + dx, -34.64 + dy)
        Site.objects.filter(pk=site.pk).update(point=moved)
        drawn = features(outsider, tile_of(14, -71.37, -34.64), "own-tiles")
        assert {f["geometry"] for f in drawn} == snapped
    Site.objects.filter(pk=site.pk).update(point=site.point)
    exact = {f["geometry"] for f in features(own, tile_of(14, -71.37, -34.64), "own-tiles")}
    assert (exact and exact != snapped) or features(own, tile, "own-tiles")


@pytest.mark.parametrize("tile", ["15/1/1", "3/8/0", "3/0/8", "0/1/0"])
def test_a_square_that_is_none_does_not_exist(client: Client, tile: str) -> None:
    assert client.get(f"/es/directory/tiles/{tile}.mvt").status_code == 404


def test_a_wrong_filter_answers_400(client: Client) -> None:
    assert client.get("/es/directory/tiles/0/0/0.mvt", {"kind": "nada"}).status_code == 400


def tallied() -> tuple[list[Any], list[Any]]:
    cells = MapTally.objects.order_by("level", "x", "y", "kind", "verification", "visibility")
    counts = DirectoryTally.objects.order_by("country_code", "kind", "verification", "visibility")
    return list(cells.values_list()), list(counts.values_list())


def test_folding_changes_comes_to_what_counting_anew_gives() -> None:
    for longitude in (-71.3, -71.2, -60.0):
        SiteFactory(point=point(longitude, -34.6))
    settled()
    Site.objects.filter(point__isnull=False).update(point=point(-70.0, -33.0))
    Organization.objects.order_by("pk").first().delete()
    Organization.objects.update(kind="ngo", verified_on=timezone.now(), verification="verified")
    settled()

    def bare(rows: tuple[list[Any], list[Any]]) -> list[list[Any]]:
        return [[row[1:] for row in side] for side in rows]

    folded = bare(tallied())
    recount()
    assert bare(tallied()) == folded
    assert sum(DirectoryTally.objects.values_list("count", flat=True)) == 2


def test_tiles_tell_their_own_box() -> None:
    west, south, east, north = Tile(1, 0, 0).area.extent
    assert (round(east), round(south)) == (0, 0)
    assert round(north) == -round(west) == 20037508

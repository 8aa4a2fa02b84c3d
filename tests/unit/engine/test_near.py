"""Near is one thing short, and by little: what is far is no near miss."""

import numpy as np
import pytest

from matching.engine.gates import Covers
from matching.engine.geo import ReachKind, Spot
from matching.engine.near import near_misses
from matching.engine.rules import PARTNERS
from matching.engine.scoring import assess
from tests.unit.engine.listings import need, offer, pairs

HERE, DOURO = Spot(-34.64, -71.37), Spot(41.30, -7.74)
CURICO = Spot(-34.98, -71.24)  # 40 km from there
LOCAL = {"reach": ReachKind.RADIUS, "reach_km": 20.0}


def missed(a_need, *offers):
    return near_misses(assess(pairs(a_need, offers, PARTNERS)), limit=5)


def test_just_outside_a_radius_is_near_and_says_by_how_much():
    (found,) = missed(need(**LOCAL), offer(spot=CURICO))
    assert found.gate == "within_reach"
    assert found.beyond_km == pytest.approx(20, abs=2)


def test_the_other_side_of_the_world_is_not_near_a_radius():
    assert not missed(need(**LOCAL), offer(spot=DOURO))


@pytest.mark.parametrize(("spot", "is_near"), [(CURICO, True), (DOURO, False)])
def test_outside_the_places_asked_for_only_neighbors_are_near(spot, is_near):
    elsewhere = Covers(np.array([True]), np.array([False]))
    found = pairs(need(reach=ReachKind.TERRITORIES), [offer(spot=spot)], PARTNERS)
    assert bool(near_misses(assess(found, elsewhere), limit=5)) == is_near


def test_one_lacking_certificate_is_near_and_two_are_not():
    years = {"certificates": {8: 0}}
    (found,) = missed(need(**years), offer())
    assert (found.gate, found.missing) == ("certificates", (8,))
    assert not missed(need(certificates={8: 0, 9: 0}), offer())


def test_who_fits_is_not_listed_as_missing_something():
    assert not missed(need(), offer())

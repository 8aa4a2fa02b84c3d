"""Needs that are being written: kept as sent, given to who signs in, published once."""

import datetime as dt

import pytest

from clusters.models import AdminUnit
from firms.models import Need, Source
from firms.services.listings import NeedContent, place_of
from matching.models import NeedSketch
from matching.policies import own_sketches
from matching.services import sketches
from tests.factories import NOW, CityFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

SAID = {"q": ["Etiquetas para 8.000 botellas\0 de vino"]}


def content() -> NeedContent:
    place = place_of(where=CityFactory())
    assert place is not None
    assert isinstance(place.admin_unit, AdminUnit)
    return NeedContent(title="Etiquetas para vino", place=place)


def test_a_sketch_belongs_to_a_browser_until_somebody_signs_in_there():
    sketch = sketches.start_sketch(by=None, step="sentence", answers=SAID)
    ana, other = UserFactory(), UserFactory()
    held = [sketch.public_id]
    assert sketch.title == "Etiquetas para 8.000 botellas de vino"
    assert own_sketches(ana, held=held).get() == sketch
    assert not own_sketches(ana, held=[]).exists()
    sketches.save_step(sketch=sketch, by=ana, step="who", answers={}, reached="who")
    assert own_sketches(ana, held=[]).get().answers.keys() == {"sentence", "who"}
    # the browser alone opens it no more, nor does it become somebody else's
    assert not own_sketches(other, held=held).exists()
    assert sketches.adopt_sketch(sketch=sketch, by=other).owner == ana


def test_a_sketch_is_published_once_and_then_is_no_longer_changed():
    member = MembershipFactory()
    who = {"by": member.user, "organization": member.organization}
    sketch = sketches.start_sketch(by=member.user, step="sentence", answers=SAID, is_interview=True)
    need = sketches.publish_sketch(sketch=sketch, content=content(), now=NOW, **who)
    again = sketches.publish_sketch(sketch=sketch, content=content(), now=NOW, **who)
    assert again == need == Need.objects.get()
    assert (need.source, need.status) == (Source.ADVISER, "published")
    with pytest.raises(sketches.CannotChangeSketch):
        sketches.save_step(sketch=sketch, by=None, step="who", answers={}, reached="who")
    with pytest.raises(sketches.CannotChangeSketch):
        sketches.discard_sketch(sketch=sketch)


def test_only_so_many_are_open_and_what_nobody_comes_back_to_is_forgotten():
    ana = UserFactory()
    for _ in range(sketches.OPEN_PER_PERSON):
        sketches.start_sketch(by=ana, step="sentence", answers=SAID)
    with pytest.raises(sketches.CannotStartSketch):
        sketches.start_sketch(by=ana, step="sentence", answers=SAID)
    nobodys = sketches.start_sketch(by=None, step="sentence", answers=SAID)
    month = dt.timedelta(days=sketches.UNOWNED_DAYS + 1)
    made = NeedSketch.objects.get(pk=nobodys.pk).updated_at
    assert sketches.forget_sketches(now=made) == 0
    assert sketches.forget_sketches(now=made + month) == 1
    half_a_year = dt.timedelta(days=sketches.UNFINISHED_DAYS + 1)
    assert sketches.forget_sketches(now=made + half_a_year) == sketches.OPEN_PER_PERSON

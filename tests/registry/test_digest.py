"""One mail a person and period: of all that is due, once, by the rights of that moment."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import MailChoice, MailKind, Pace
from common.jobs import Work
from common.models import Effect
from firms.models import SavedSearch, ToldResult
from matching.models import Match, MatchRun, Purpose, RuleSet, ToldMatch
from registry.digest.due import people_due
from registry.digest.writing import write_digest
from tests.factories import MembershipFactory, NeedFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 13, 20, tzinfo=dt.UTC)  # 8:20 in Bogota
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


def dates(at: dt.datetime) -> dict[str, Any]:
    day = MONDAY.date()
    return {"valid_from": day - 9 * DAY, "valid_until": day + 30 * DAY, "published_at": at}


def alert(person: Any, pace: Pace = Pace.DAILY, **values: Any) -> SavedSearch:
    kept = {"name": "Mía", "listed": "needs", "told_until": MONDAY - DAY, **values}
    return SavedSearch.objects.create(user=person, pace=pace, **kept)


def write(person: Any, now: dt.datetime = MONDAY) -> list[dict[str, Any]]:
    write_digest(Work("digest.write", person.pk, 0, {}, None, now))
    return [effect.payload for effect in Effect.objects.order_by("pk")]


def match(need: Any, offer: Any) -> None:
    rules, _ = RuleSet.objects.get_or_create(
        purpose=Purpose.PARTNERS, version=1, defaults={"rules": {}}
    )
    run, _ = MatchRun.objects.get_or_create(
        need=need, revision=1, rule_set=rules, engine_version=1, defaults={"computed_at": MONDAY}
    )
    Match.objects.create(need=need, offer=offer, run=run, score=0.8, features=[], updated_at=MONDAY)


def test_searches_and_matches_come_in_one_mail_and_are_never_told_again() -> None:
    member = MembershipFactory(user__language="es")
    person = member.user
    searches = [alert(person), alert(person, Pace.WEEKLY, name="Semanal", query="urgency=now")]
    found = NeedFactory(title="Corchos", **dates(MONDAY - DAY / 2))
    NeedFactory(title="Corchos viejos", **dates(MONDAY - 5 * DAY))
    mine = NeedFactory(
        organization=member.organization, title="Botellas", **dates(MONDAY - 9 * DAY)
    )
    offer = OfferFactory(title="Botellas de vidrio", is_anonymous=True, **dates(MONDAY - DAY))
    match(mine, offer)
    MailChoice.objects.create(user=person, kind=MailKind.MATCHES, pace=Pace.DAILY)
    type(person).objects.filter(pk=person.pk).update(created_at=MONDAY - 9 * DAY)
    (mail,) = write(person)
    (html,) = [content for content, _ in mail["alternatives"]]
    for text in (mail["body"], html):
        assert "Corchos" in text
        assert "Botellas de vidrio" in text
        assert "Corchos viejos" not in text
        assert offer.organization.name not in text
    assert mail["subject"] == "Racimo: 2 novedades para usted"
    assert "List-Unsubscribe" in mail["headers"]
    assert ToldResult.objects.get().row_id == found.pk
    assert ToldMatch.objects.count() == 1
    assert person.pk not in set(people_due(MONDAY))
    NeedFactory(title="Etiquetas", **dates(MONDAY + DAY / 2))
    NeedFactory._meta.model.objects.filter(pk=found.pk).update(published_at=MONDAY + DAY / 2)
    (_, later) = write(person, MONDAY + DAY)
    assert "Etiquetas" in later["body"]
    assert "Corchos" not in later["body"]  # published anew, and told of before
    assert "Botellas" not in later["body"]
    assert SavedSearch.objects.get(pk=searches[0].pk).told_until > MONDAY


def test_a_period_has_one_mail_and_what_it_missed_comes_in_the_next() -> None:
    person = UserFactory()
    search = alert(person)
    NeedFactory(title="Corchos", **dates(MONDAY - DAY / 2))
    assert len(write(person)) == 1
    SavedSearch.objects.filter(pk=search.pk).update(told_until=MONDAY - DAY)
    NeedFactory(title="Tapas", **dates(MONDAY - DAY / 2))
    assert len(write(person)) == 1
    assert ToldResult.objects.count() == 1
    assert "Tapas" in write(person, MONDAY + DAY)[1]["body"]


def test_nothing_is_written_without_news_or_without_the_right_to_them() -> None:
    member = MembershipFactory()
    search = alert(member.user)
    NeedFactory(organization=member.organization, visibility="private", **dates(MONDAY - DAY / 2))
    member.delete()  # between asking and writing
    assert write(member.user) == []
    search.refresh_from_db()
    assert search.told_until == MONDAY - dt.timedelta(minutes=2)
    NeedFactory(**dates(MONDAY))
    MailChoice.objects.create(user=member.user, kind=MailKind.SEARCHES, pace=Pace.NONE)
    assert write(member.user, MONDAY + DAY) == []
    MailChoice.objects.all().delete()
    type(member.user).objects.update(is_active=False)
    assert write(member.user, MONDAY + DAY) == []


def test_each_readers_own_clock_says_when() -> None:
    bogota, santiago = UserFactory(), UserFactory(time_zone="America/Santiago")
    asleep = UserFactory(mail_hour=23)
    for person in (bogota, santiago, asleep):
        alert(person, told_until=MONDAY - DAY / 8)
    seven = MONDAY - dt.timedelta(hours=1)  # 7:20 in Bogota, 9:20 in Santiago
    assert set(people_due(seven)) == {santiago.pk}
    assert set(people_due(MONDAY)) == {bogota.pk, santiago.pk}

"""Searches that people keep, and their feeds."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Pace
from firms.models import SavedSearch, Visibility
from firms.services.searches import forget_dropped
from tests.factories import NeedFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def search_of(person: Any, query: str = "", **values: Any) -> SavedSearch:
    ago = timezone.now() - dt.timedelta(days=2)
    defaults = {"name": "Mía", "listed": "organizations", "told_until": ago, "seen_until": ago}
    return SavedSearch.objects.create(user=person, query=query, **{**defaults, **values})


def test_a_search_is_kept_from_its_results_under_its_own_words(client: Any) -> None:
    person = UserFactory()
    client.force_login(person)
    page = client.get(reverse("firms:directory"), {"q": "vino", "kind": "firm", "after": "x"})
    assert 'value="Directorio: vino, Empresa"' in page.content.decode()
    sent = {"listed": "organizations", "query": "q=vino&kind=firm&after=x", "pace": "daily"}
    answer = client.post(reverse("firms:searches"), sent | {"name": "Vino"})
    kept = SavedSearch.objects.get()
    assert answer.status_code == 303
    assert (kept.query, kept.pace, kept.user) == ("q=vino&kind=firm", Pace.DAILY, person)
    wrong = [
        {"name": "Vino"}, {"name": ""}, {"name": "X", "pace": "never"},
        {"name": "X", "listed": "x"},
        {"name": "X", "query": "kind=nadie"}, {"name": "X", "query": "q=" + "a+" * 900},
    ]  # fmt: skip
    for change in wrong:
        assert client.post(reverse("firms:searches"), sent | change).status_code == 422
    assert SavedSearch.objects.count() == 1


def test_what_came_since_is_counted_until_it_is_looked_at(client: Any) -> None:
    person = UserFactory()
    client.force_login(person)
    search = search_of(person, "q=Metalsur")
    OrganizationFactory.create_batch(2, legal_name="Metalsur SpA")
    OrganizationFactory(legal_name="Metalsur Oculta SpA", visibility=Visibility.PRIVATE)
    address = reverse("firms:search", args=[search.public_id])
    page, partial = client.get(address), client.get(address, headers=HTMX)
    assert "2 nuevas" in page.content.decode()
    assert partial.content.strip() in page.content
    assert client.post(address, {"action": "open"})["Location"].endswith("?q=Metalsur")
    assert "nada nuevo" in client.get(address).content.decode()


def test_a_search_is_renamed_deleted_and_taken_back(client: Any) -> None:
    person = UserFactory()
    client.force_login(person)
    search, other = search_of(person), search_of(person, name="Otra")
    address = reverse("firms:search", args=[search.public_id])
    assert client.post(address, {"name": "Otra", "pace": "none"}).status_code == 422
    assert client.post(address, {"name": "Nueva", "pace": "weekly"}).status_code == 303
    search.refresh_from_db()
    assert (search.name, search.pace) == ("Nueva", Pace.WEEKLY)
    assert search.told_until > timezone.now() - dt.timedelta(minutes=1)  # no old news by mail
    client.post(address, {"action": "delete"})
    assert client.get(address).status_code == 404
    assert "Nueva" in client.get(reverse("firms:searches")).content.decode()
    SavedSearch.objects.filter(pk=other.pk).update(name="Nueva")
    client.post(address, {"action": "restore"})
    assert client.get(address).status_code == 404  # its name is another's by now
    SavedSearch.objects.filter(pk=other.pk).update(name="Otra")
    assert client.post(address, {"action": "restore"}).status_code == 303
    assert client.get(address).status_code == 200
    client.post(address, {"action": "delete"})
    assert forget_dropped(now=timezone.now() + dt.timedelta(days=8)) == 1


def test_a_feed_tells_what_anybody_may_read_until_it_is_closed(client: Any) -> None:
    person = UserFactory(is_staff=True)  # sees all; the feed does not
    search = search_of(person, listed="needs")
    NeedFactory(title="Corchos <naturales>", **open_dates())
    NeedFactory(title="Cosa reservada", visibility="members", **open_dates())
    client.force_login(person)
    address = reverse("firms:search", args=[search.public_id])
    client.post(address, {"action": "feed"})
    search.refresh_from_db()
    feed = reverse("firms:search-feed", args=[search.feed_token])
    client.logout()
    answer = client.get(feed)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "Corchos &lt;naturales&gt;" in text
    assert "reservada" not in text
    assert person.email not in text
    assert "Mía" not in text
    assert client.get(feed, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    client.force_login(person)
    client.post(address, {"action": "feed-close"})
    assert client.get(feed).status_code == 404


def open_dates() -> dict[str, Any]:
    today = timezone.now().date()
    return {
        "valid_from": today,
        "valid_until": today + dt.timedelta(days=30),
        "published_at": timezone.now(),
    }

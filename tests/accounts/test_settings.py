from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.languages import language_of, site_language
from accounts.models import User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "uvas-verdes-del-valle"


def test_settings_are_kept_and_the_page_comes_back_in_the_chosen_language(client: Any) -> None:
    person = UserFactory(name="Ana")
    client.force_login(person)
    answer = client.post(reverse("accounts:settings"), {"name": "Ana Rojas", "language": "pt"})
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana Rojas", "pt")
    assert (answer.status_code, answer["Location"]) == (303, "/pt-br/accounts/settings/")


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"language": "es", "name": "x" * 121}, {"name": "nulo\0"}]
)
def test_wrong_settings_answer_422_and_change_nothing(client: Any, wrong: dict[str, str]) -> None:
    person = UserFactory(name="Ana")
    client.force_login(person)
    answer = client.post(reverse("accounts:settings"), wrong | {"email": "otro@ejemplo.org"})
    person.refresh_from_db()
    assert answer.status_code == 422
    assert person.name == "Ana"


def test_nobody_else_reaches_settings(client: Any) -> None:
    assert client.get(reverse("accounts:settings")).status_code == 302


@pytest.mark.parametrize(("stored", "home"), [("pt", "/pt-br/"), ("en", "/en/"), ("es", "/es/")])
def test_signing_in_leads_to_ones_own_language(client: Any, stored: str, home: str) -> None:
    person = User.objects.create_user("ana@ejemplo.org", PASSWORD, language=stored)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    answer = client.post("/es/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == home


def test_signing_up_remembers_the_language_of_the_page(client: Any) -> None:
    client.post("/pt-br/accounts/signup/", {"email": "nova@ejemplo.org", "password1": PASSWORD})
    assert User.objects.get(email="nova@ejemplo.org").language == "pt"


def test_languages_of_people_and_of_pages_are_told_apart() -> None:
    assert [site_language(code) for code in ("es", "pt", "en")] == ["es", "pt-br", "en"]
    assert [language_of(code) for code in ("pt-br", "en", "fr", None)] == ["pt", "en", "es", "es"]


def test_settings_show_ones_organizations_as_a_part_of_their_page(client: Any) -> None:
    membership = MembershipFactory()
    client.force_login(membership.user)
    url = reverse("firms:mine")
    assert url in client.get(reverse("accounts:settings")).content.decode()
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<section id="mine"')
    assert membership.organization.name in fragment

"""What a person types in each step, and a browser that types it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from firms.models import RegistrationDraft
from tests.factories import CityFactory, ClassificationFactory, CountryFactory, UserFactory

IDENTITY = {"country": "CL", "tax_number": "76.086.428-5", "legal_name": "Viña Nueva SpA"}
START = "firms:organization-create"
STEP = "firms:registration-step"
REVIEW = "firms:registration-review"
DONE = "firms:registration-done"


class Typist:
    """A person signed in who registers an organization."""

    def __init__(self, **person: Any) -> None:
        country = CountryFactory(label_es="Chile")
        ClassificationFactory(code="1102")
        self.city = CityFactory(name="Santa Cruz", admin_unit__parent=country)
        self.person = UserFactory(**person)
        self.client = Client()
        self.client.force_login(self.person)

    def start(self, **changes: Any) -> Any:
        return self.client.post(reverse(START), IDENTITY | changes)

    @property
    def draft(self) -> RegistrationDraft:
        return RegistrationDraft.objects.filter(owner=self.person).latest("pk")

    def step(self, name: str, **answers: Any) -> Any:
        url = reverse(STEP, args=[self.draft.public_id, name])
        return self.client.post(url, answers)

    def answers(self) -> dict[str, dict[str, Any]]:
        return {
            "kind": {"kind": "firm"},
            "activity": {"one_line": "Vinos de autor", "activities": ["isic4:1102"]},
            "place": {"city": str(self.city.geonames_id)},
            "profile": {"size_class": "small"},
        }

    def go_through(self, **changes: dict[str, Any]) -> None:
        """Answer all steps after the first."""
        for name, answers in self.answers().items():
            answer = self.step(name, **(answers | changes.get(name, {})))
            assert answer.status_code == 303, (name, answer.content.decode())

    def finish(self) -> Any:
        return self.client.post(reverse(REVIEW, args=[self.draft.public_id]))

    def get(self, name: str, *args: Any) -> str:
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
        return str(answer.content.decode())

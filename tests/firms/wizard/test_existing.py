import pytest
from django.urls import reverse

from firms.models import Visibility
from tests.factories import IdentifierFactory, OrganizationFactory
from tests.firms.wizard.typing import DONE, REVIEW, STEP, Typist

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist() -> Typist:
    return Typist()


def matches_page(typist: Typist) -> str:
    return typist.get("firms:registration-matches", typist.draft.public_id)


def test_who_holds_the_number_is_shown_with_the_way_to_claim_it(typist: Typist) -> None:
    held = IdentifierFactory(scheme="CL-RUT", normalized="760864285").organization
    answer = typist.start()
    assert answer["Location"].endswith("/same/")
    page = matches_page(typist)
    assert "Tiene este número" in page
    assert reverse("firms:claim", args=[held.public_id]) in page


def test_a_like_name_is_shown_and_can_be_declined(typist: Typist) -> None:
    alike = OrganizationFactory(legal_name="Vina Nueva S.A.")
    assert typist.start()["Location"].endswith("/same/")
    assert str(alike.public_id) in matches_page(typist)
    url = reverse("firms:registration-matches", args=[typist.draft.public_id])
    assert typist.client.post(url)["Location"].endswith("/kind/")
    assert str(alike.public_id) not in matches_page(typist)
    typist.go_through()
    assert str(alike.public_id) not in typist.get(REVIEW, typist.draft.public_id)
    assert typist.finish().status_code == 303


@pytest.mark.parametrize("hidden", ["private", "person"])
def test_a_number_whose_holder_is_not_shown_answers_as_a_free_one(
    typist: Typist, hidden: str
) -> None:
    number = "76.086.428-5" if hidden == "private" else "12.531.909-2"
    free = typist.start(tax_number=number)
    pages = [typist.get(STEP, typist.draft.public_id, "kind")]
    typist.draft.delete()
    visibility = Visibility.PRIVATE if hidden == "private" else Visibility.PUBLIC
    IdentifierFactory(
        scheme="CL-RUT",
        normalized=number.replace(".", "").replace("-", ""),
        organization=OrganizationFactory(legal_name="Otra cosa", visibility=visibility),
    )
    taken = typist.start(tax_number=number)
    assert taken["Location"].rsplit("/", 2)[1] == free["Location"].rsplit("/", 2)[1] == "kind"
    pages.append(typist.get(STEP, typist.draft.public_id, "kind"))
    assert len(pages[0]) == pytest.approx(len(pages[1]), abs=80)
    assert "Otra cosa" not in pages[1]


def test_a_taken_number_is_declared_and_waits_for_the_team(typist: Typist) -> None:
    secret = OrganizationFactory(legal_name="Reservada S.A.", visibility=Visibility.PRIVATE)
    IdentifierFactory(scheme="CL-RUT", normalized="760864285", organization=secret)
    typist.start()
    typist.go_through()
    typist.finish()
    own = typist.draft.organization
    assert own is not None
    assert not own.identifiers.exists()
    assert own.number_reviews.get().value == "76.086.428-5"
    page = typist.get(DONE, typist.draft.public_id)
    assert "una persona de Racimo lo revisa" in page
    assert "Reservada" not in page

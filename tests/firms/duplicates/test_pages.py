import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from firms.models import (
    DuplicateAnswer,
    DuplicateDecision,
    DuplicatePair,
    Organization,
    OrganizationMerge,
    Visibility,
)
from firms.services.duplicates.scan import find_pairs
from tests.accounts.browsers import proved
from tests.factories import (
    DuplicatePairFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.firms.duplicates.world import Twins, make_twins

pytestmark = pytest.mark.django_db
UNPROCESSABLE, SEE_OTHER, MISSING, MOVED = 422, 303, 404, 301


@pytest.fixture
def twins() -> Twins:
    return make_twins()


def browser(user: User | None) -> Client:
    """Sign somebody in who has just typed the password."""
    return proved(user) if user else Client()


def pair_url(pair: DuplicatePair) -> str:
    return reverse("firms:duplicate", args=[pair.public_id])


def test_a_pair_shows_to_staff_and_to_who_administers_one_of_the_two(twins: Twins) -> None:
    for user, status in (
        (twins.staff, 200), (twins.ours, 200), (twins.theirs, 200), (UserFactory(), MISSING),
        (MembershipFactory(organization=twins.kept, role="editor").user, MISSING),
    ):  # fmt: skip
        assert browser(user).get(pair_url(twins.pair)).status_code == status


def test_a_record_that_one_may_not_see_is_in_no_pair(twins: Twins) -> None:
    Organization.objects.filter(pk=twins.removed.pk).update(visibility=Visibility.PRIVATE)
    assert browser(twins.ours).get(pair_url(twins.pair)).status_code == MISSING
    page = browser(twins.ours).get(reverse("firms:duplicates")).content.decode()
    assert twins.removed.name not in page


def test_values_that_are_not_shown_on_its_page_are_not_shown_to_the_other_side(
    twins: Twins,
) -> None:
    Organization.objects.filter(pk=twins.removed.pk).update(role_email="secreto@santacruz.cl")
    assert b"secreto@" not in browser(twins.ours).get(pair_url(twins.pair)).content
    assert b"secreto@" in browser(twins.staff).get(pair_url(twins.pair)).content


def test_not_the_same_is_remembered_until_what_identifies_them_changes() -> None:
    one = OrganizationFactory(legal_name="Viña Santa Cruz S.A.")
    other = OrganizationFactory(legal_name="Vina Santa Cruz Ltda.")
    find_pairs(ids=[one.pk])
    pair = DuplicatePair.objects.get()
    staff = UserFactory(is_staff=True)
    client = browser(staff)
    sent = {"answer": "different", "keep": "first"}
    assert client.post(pair_url(pair), sent).status_code == SEE_OTHER
    said = DuplicateDecision.objects.get()
    assert (said.answer, said.decided_by) == (DuplicateAnswer.DIFFERENT, staff)
    find_pairs(ids=[one.pk, other.pk])
    assert not DuplicatePair.objects.unanswered().exists()
    Organization.objects.filter(pk=other.pk).update(website="https://otra.cl")
    find_pairs(ids=[other.pk])
    assert DuplicatePair.objects.unanswered().get() == pair


def test_later_leaves_the_pair_to_others(twins: Twins) -> None:
    browser(twins.ours).post(pair_url(twins.pair), {"answer": "later", "keep": "first"})
    address = reverse("firms:duplicates")
    assert pair_url(twins.pair) not in browser(twins.ours).get(address).content.decode()
    assert pair_url(twins.pair) in browser(twins.theirs).get(address).content.decode()


def test_staff_unites_field_by_field_and_the_old_address_leads_on(twins: Twins) -> None:
    sent = {"answer": "same", "keep": "first", "field-one_line": "removed"}
    answer = browser(twins.staff).post(pair_url(twins.pair), sent)
    assert answer.status_code == SEE_OTHER
    assert Organization.objects.get(pk=twins.kept.pk).one_line == "Vinos del valle"
    old = browser(None).get(reverse("firms:organization", args=[twins.removed.public_id]))
    assert old.status_code == MOVED
    assert old["Location"] == reverse("firms:organization", args=[twins.kept.public_id])
    api = browser(None).get(reverse("api:organization", args=[twins.removed.public_id]))
    assert api.status_code == MOVED
    assert api["Location"] == reverse("api:organization", args=[twins.kept.public_id])


def test_an_old_address_does_not_lead_to_what_one_may_not_see(twins: Twins) -> None:
    browser(twins.staff).post(pair_url(twins.pair), {"answer": "same", "keep": "first"})
    Organization.objects.filter(pk=twins.kept.pk).update(visibility=Visibility.PRIVATE)
    for name in ("firms:organization", "api:organization"):
        address = reverse(name, args=[twins.removed.public_id])
        assert browser(None).get(address).status_code == MISSING


def test_a_union_is_undone_from_the_list(twins: Twins) -> None:
    client = browser(twins.staff)
    client.post(pair_url(twins.pair), {"answer": "same", "keep": "second"})
    merge = OrganizationMerge.objects.get()
    assert merge.kept == twins.removed
    undo = reverse("firms:merge-undo", args=[merge.public_id])
    assert undo in client.get(reverse("firms:merges")).content.decode()
    assert browser(UserFactory()).post(undo).status_code == MISSING
    assert client.post(undo).status_code == SEE_OTHER
    assert Organization.objects.filter(pk=twins.kept.pk).exists()
    assert undo not in client.get(reverse("firms:merges")).content.decode()


def test_an_answer_that_is_none_is_refused_with_what_was_marked(twins: Twins) -> None:
    sent = {"keep": "first", "field-one_line": "removed"}
    answer = browser(twins.staff).post(pair_url(twins.pair), sent)
    assert answer.status_code == UNPROCESSABLE
    assert 'name="field-one_line" value="removed" checked' in answer.content.decode()
    assert not DuplicateDecision.objects.exists()


@pytest.mark.parametrize("rows", [3, 30])
def test_the_queue_asks_the_same_number_of_queries(
    rows: int, django_assert_max_num_queries: object
) -> None:
    client = browser(UserFactory(is_staff=True))
    DuplicatePairFactory.create_batch(rows)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(reverse("firms:duplicates"))


def test_the_part_is_the_page(twins: Twins) -> None:
    client, address = browser(twins.staff), reverse("firms:duplicates")
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in client.get(address).content.decode()
    assert "<html" not in part

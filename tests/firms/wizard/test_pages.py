import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firms.forms.wizard.kinds import QUESTIONS
from firms.models import (
    CaseKind,
    Identifier,
    Organization,
    OrganizationKind,
    RegistrationDraft,
    Role,
)
from tests.factories import (
    ClassificationFactory,
    ClusterFactory,
    CountryFactory,
    MembershipFactory,
    OrganizationFactory,
    RegistrationDraftFactory,
    UserFactory,
)
from tests.firms.wizard.typing import DONE, IDENTITY, REVIEW, START, STEP, Typist

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist() -> Typist:
    return Typist()


def test_six_steps_make_an_organization_that_its_author_administers(typist: Typist) -> None:
    assert typist.start().status_code == 303
    typist.go_through()
    page = typist.get(REVIEW, typist.draft.public_id)
    for said in ("Chile", "76.086.428-5", "Viña Nueva SpA", "Vinos de autor", "Santa Cruz"):
        assert said in page
    assert not Organization.objects.exists()
    answer = typist.finish()
    assert answer["Location"] == reverse(DONE, args=[typist.draft.public_id])
    own = Organization.objects.get()
    assert own.memberships.get().user == typist.person
    assert own.memberships.get().role == Role.ADMINISTRATOR
    assert (own.kind, own.one_line, own.size_class) == ("firm", "Vinos de autor", "small")
    assert own.activity_records.get().classification.code == "1102"
    assert (own.sites.get().city, own.sites.get().precision) == (typist.city, "locality")
    assert own.identifiers.get().status == "format_ok"
    assert own.cases.get().kind == CaseKind.REGISTRATION


def test_the_last_page_leads_to_an_offer_with_what_is_known(typist: Typist) -> None:
    typist.start()
    typist.go_through()
    typist.finish()
    page = typist.get(DONE, typist.draft.public_id)
    assert "Ningún registro oficial lo ha confirmado todavía" in page
    own = Organization.objects.get()
    asked = f"?organization={own.public_id}&q=Vinos%20de%20autor&classifications=isic4:1102"
    assert asked.replace("&", "&amp;") in page
    form = typist.client.get(reverse("firms:offer-create") + asked).content.decode()
    assert "Vinos de autor</textarea>" in form
    assert 'value="isic4:1102" checked' in form


def test_pressing_twice_makes_one_organization(typist: Typist) -> None:
    typist.start()
    typist.go_through()
    first, second = typist.finish(), typist.finish()
    assert first["Location"] == second["Location"]
    assert Organization.objects.count() == 1


def test_starting_twice_with_the_same_answers_is_one_draft(typist: Typist) -> None:
    assert typist.start()["Location"] == typist.start()["Location"]
    assert RegistrationDraft.objects.count() == 1


def test_another_device_finds_every_answer(typist: Typist) -> None:
    typist.start()
    typist.step("kind", kind="firm")
    typist.step("activity", one_line="Vinos a medias", activities=[])
    elsewhere = Client()
    elsewhere.force_login(typist.person)
    url = reverse(STEP, args=[typist.draft.public_id, "activity"])
    assert "Vinos a medias" in elsewhere.get(url).content.decode()
    mine = elsewhere.get(reverse("firms:mine")).content.decode()
    assert "Viña Nueva SpA" in mine
    assert url in mine


def test_a_change_is_kept_before_any_button_is_pressed(typist: Typist) -> None:
    typist.start()
    answer = typist.step("kind", kind="university", intent="autosave")
    assert (answer.status_code, answer.content) == (204, b"")
    assert typist.draft.answers["kind"] == {"kind": ["university"]}
    assert typist.draft.step == "kind"


@pytest.mark.parametrize(
    ("intent", "leads_to"), [("exit", "/organizations/mine/"), ("back", "/kind/")]
)
def test_leaving_or_going_back_keeps_what_was_typed(
    typist: Typist, intent: str, leads_to: str
) -> None:
    typist.start()
    typist.step("kind", kind="firm")
    answer = typist.step("activity", one_line="A medias", intent=intent)
    assert answer["Location"].endswith(leads_to)
    assert typist.draft.answers["activity"]["one_line"] == ["A medias"]


def test_a_step_that_is_not_reached_leads_to_the_first_that_waits(typist: Typist) -> None:
    typist.start()
    for name in ("activity", "place", "profile"):
        url = reverse(STEP, args=[typist.draft.public_id, name])
        assert typist.client.get(url)["Location"].endswith("/kind/")
    answer = typist.client.post(reverse(REVIEW, args=[typist.draft.public_id]))
    assert answer["Location"].endswith("/kind/")
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("tax_number", "76.086.428-4", "el dígito verificador no corresponde"),
        ("tax_number", "hola", "Uno bien escrito: 76.086.428-5"),
        ("tax_number", "", "marque que todavía no lo tienen"),
        ("country", "XX", "Esa opción no está"),
        ("legal_name", "", "requerido"),
        ("legal_name", "x" * 251, "250"),
        ("legal_name", "nulo\0", "nulo"),
    ],
)
def test_a_wrong_first_answer_says_why_and_keeps_the_rest(
    typist: Typist, field: str, value: Any, says: str
) -> None:
    answer = typist.start(**{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert field == "legal_name" or "Viña Nueva SpA" in page
    assert not RegistrationDraft.objects.exists()


@pytest.mark.parametrize(
    ("step", "answers", "says"),
    [
        ("kind", {"kind": "imperio"}, "no es una de las opciones"),
        ("activity", {"activities": []}, "Elija al menos una"),
        ("activity", {"activities": ["isic4:9999"]}, "ya no existe"),
        ("activity", {"activities": ["cpv2008:1102"]}, "ya no existe"),
        ("activity", {"one_line": ""}, "requerido"),
        ("activity", {"one_line": "x" * 161}, "160"),
        ("place", {"city": ""}, "Busque su ciudad"),
        ("place", {"city": "999999999"}, "no está en la lista"),
        ("place", {"city": "9" * 40}, "no está en la lista"),
        ("place", {"latitude": "-34.6"}, "lleva latitud y longitud"),
        ("place", {"latitude": "91", "longitude": "0"}, "menor o igual"),
        ("place", {"latitude": "nan", "longitude": "1"}, "número"),
        ("place", {"latitude": "40.4", "longitude": "-3.7"}, "Ese punto no está en Chile"),
        ("profile", {"size_class": "enorme"}, "no es una de las opciones"),
        ("profile", {"activity_start_on": "ayer"}, "fecha"),
    ],
)
def test_a_wrong_answer_is_kept_and_says_why(
    typist: Typist, step: str, answers: dict[str, Any], says: str
) -> None:
    typist.start()
    before = list(typist.answers())
    for name in before[: before.index(step)]:
        typist.step(name, **typist.answers()[name])
    answer = typist.step(step, **(typist.answers()[step] | answers))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert set(answers) <= set(typist.draft.answers[step]) | {"activities"}
    assert not Organization.objects.exists()


def test_looking_for_an_activity_judges_nothing(typist: Typist) -> None:
    ClassificationFactory(code="0121", label_es="Cultivo de uva")
    typist.start()
    typist.step("kind", kind="firm")
    answer = typist.step(
        "activity", activities=["isic4:1102"], activities_search="cultivo", look="activities"
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Cultivo de uva" in page
    assert 'value="isic4:1102" checked' in page
    assert 'class="errors"' not in page


def test_without_a_number_only_some_kinds_are_offered(typist: Typist) -> None:
    typist.start(tax_number="", without_number="on")
    page = typist.get(STEP, typist.draft.public_id, "kind")
    assert "Sin número tributario se pueden registrar estos tipos" in page
    assert 'value="producer_association"' in page
    assert 'value="firm"' not in page
    assert typist.step("kind", kind="firm").status_code == 422
    typist.go_through(kind={"kind": "sole_trader"})
    typist.finish()
    assert not Organization.objects.get().identifiers.exists()


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [
        ("producer_association", "member_count", "size_class"),
        ("university", "ror", "member_count"),
        ("public_agency", "agency_level", "ror"),
        ("firm", "activity_start_on", "agency_level"),
    ],
)
def test_each_kind_is_asked_only_what_is_its_own(
    typist: Typist, kind: str, asked: str, not_asked: str
) -> None:
    typist.start()
    for name, answers in list(typist.answers().items())[:3]:
        typist.step(name, **(answers | ({"kind": kind} if name == "kind" else {})))
    page = typist.get(STEP, typist.draft.public_id, "profile")
    assert f'name="{asked}"' in page
    assert f'name="{not_asked}"' not in page


def test_what_a_kind_adds_is_kept_beside_the_organization(typist: Typist) -> None:
    typist.start(legal_name="Agencia de Desarrollo")
    agency = {"kind": {"kind": "public_agency"}}
    agency["profile"] = {"agency_level": "regional", "agency_units": ["CL-LI"], "acronym": "ADE"}
    typist.go_through(**agency)
    assert "Regional, estatal o departamental" in typist.get(REVIEW, typist.draft.public_id)
    typist.finish()
    own = Organization.objects.get()
    assert own.agency_profile.level == "regional"
    assert [unit.code for unit in own.agency_profile.units.all()] == ["CL-LI"]


def test_a_ror_is_a_second_number(typist: Typist) -> None:
    typist.start(legal_name="Universidad de la Viña")
    typist.go_through(
        kind={"kind": "university"}, profile={"ror": "https://ror.org/03yrm5c26", "size_class": ""}
    )
    typist.finish()
    numbers = Identifier.objects.order_by("-is_primary").values_list("scheme", "normalized")
    assert list(numbers) == [("CL-RUT", "760864285"), ("XI-ROR", "03yrm5c26")]


def test_a_wrong_ror_says_so(typist: Typist) -> None:
    typist.start()
    for name, answers in list(typist.answers().items())[:3]:
        typist.step(name, **(answers | ({"kind": "university"} if name == "kind" else {})))
    answer = typist.step("profile", ror="03yrm5c27")
    assert answer.status_code == 422
    assert "dígito verificador" in answer.content.decode()


def test_a_name_suggests_its_kind(typist: Typist) -> None:
    typist.start(legal_name="Universidad del Valle")
    page = typist.get(STEP, typist.draft.public_id, "kind")
    assert 'value="university" id="id_kind_4" checked' in page or "checked" in page
    typist.start(tax_number="12.531.909-2", legal_name="Ana Rojas")
    assert 'value="sole_trader"' in typist.get(STEP, typist.draft.public_id, "kind")


def test_a_cluster_nearby_is_proposed_and_asked(typist: Typist) -> None:
    cluster = ClusterFactory(country=CountryFactory(), label_es="Vino de Colchagua")
    cluster.admin_units.add(typist.city.admin_unit)
    far = ClusterFactory(country=CountryFactory(), label_es="Salmón", territory=None)
    typist.start()
    for name, answers in list(typist.answers().items())[:3]:
        typist.step(name, **answers)
    page = typist.get(STEP, typist.draft.public_id, "profile")
    assert cluster.slug in page
    assert far.slug not in page
    typist.step("profile", clusters=[cluster.slug])
    typist.finish()
    asked = Organization.objects.get().affiliations.get()
    assert asked.member_confirmed_on is not None
    assert asked.cluster_confirmed_on is None


def test_a_draft_is_of_its_owner_only() -> None:
    draft = RegistrationDraftFactory(answers={"identity": {k: [v] for k, v in IDENTITY.items()}})
    other = Client()
    other.force_login(UserFactory(is_staff=True))
    for name in ("matches", "review", "done"):
        assert (
            other.get(reverse(f"firms:registration-{name}", args=[draft.public_id])).status_code
            == 404
        )
    assert other.get(reverse(STEP, args=[draft.public_id, "kind"])).status_code == 404
    discard = reverse("firms:registration-discard", args=[draft.public_id])
    assert other.post(discard).status_code == 404
    assert RegistrationDraft.objects.exists()


def test_a_draft_is_discarded_and_a_finished_one_is_not(typist: Typist) -> None:
    typist.start()
    discard = reverse("firms:registration-discard", args=[typist.draft.public_id])
    assert typist.client.post(discard)["Location"] == reverse("firms:mine")
    assert not RegistrationDraft.objects.exists()
    typist.start()
    typist.go_through()
    typist.finish()
    discard = reverse("firms:registration-discard", args=[typist.draft.public_id])
    assert typist.client.post(discard)["Location"].endswith("/done/")
    assert RegistrationDraft.objects.exists()


def test_a_stranger_begins_five_and_registers_three_a_day() -> None:
    typist = Typist()
    for many in range(5):
        RegistrationDraftFactory(owner=typist.person, title=f"Borrador {many}")
    answer = typist.start()
    assert answer.status_code == 422
    assert "Tiene demasiados registros sin terminar" in answer.content.decode()
    MembershipFactory(
        user=typist.person,
        organization=OrganizationFactory(verification="verified", verified_on="2026-01-01"),
    )
    assert typist.start().status_code == 303


def test_the_fourth_of_a_day_waits_and_is_kept(typist: Typist) -> None:
    for number in ("76.086.428-5", "76.192.083-9", "96.790.240-3"):
        typist.start(tax_number=number, legal_name=f"Empresa {number}")
        typist.go_through()
        assert typist.finish().status_code == 303
    typist.start(tax_number="97.004.000-5", legal_name="La cuarta")
    typist.go_through()
    answer = typist.finish()
    assert answer.status_code == 422
    assert "Hoy ya registró varias" in answer.content.decode()
    assert Organization.objects.count() == 3
    assert typist.draft.finished_at is None


def test_the_country_of_the_browser_is_chosen_already(typist: Typist) -> None:
    headers = {"accept-language": "es-CL,es;q=0.9"}
    page = typist.client.get(reverse(START), headers=headers).content.decode()
    assert '<option value="CL" selected>' in page


def test_all_kinds_have_their_questions() -> None:

    assert set(QUESTIONS) == set(OrganizationKind.values)


@pytest.mark.parametrize(
    ("languages", "guess"),
    [("es-CL,es;q=0.9", "CL"), ("en-US,en;q=0.9,es-CL;q=0.8", ""), ("es", ""), ("", "")],
)
def test_the_country_is_guessed_only_where_its_numbers_are_known(
    languages: str, guess: str
) -> None:
    CountryFactory(code="CL")
    CountryFactory(code="US")
    client = Client()
    client.force_login(UserFactory())
    page = client.get(reverse(START), headers={"accept-language": languages}).content.decode()
    chosen = re.findall(r'<option value="(\w+)" selected', page)
    assert chosen == ([guess] if guess else [])

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.names import (
    FAR_COSTS,
    TRAILING_FORMS,
    bare_name,
    best_likeness,
    likeness_with_place,
    name_likeness,
)

WORDS = st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=9)
PLACE_KM = st.floats(min_value=0, max_value=20_000)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Viña Ejemplo S.A.", "vina ejemplo"),
        ("VIÑA EJEMPLO SOCIEDAD ANÓNIMA CERRADA", "vina ejemplo"),
        ("Etiquetas Zúñiga SpA", "etiquetas zuniga"),
        ("Aceros del Norte S. A. de C. V.", "aceros del norte"),
        ("Grupo 3, S. de R.L. de C.V.", "grupo 3"),
        ("Tejidos Andinos S.A.S.", "tejidos andinos"),
        ("Comercial Los Andes E.I.R.L.", "comercial los andes"),
        ("Transportes Sur Limitada", "transportes sur"),
        ("Transportes Sur Ltda.", "transportes sur"),
        ("Servicios Lima S.R.L.", "servicios lima"),
        ("Padaria Sol Ltda - ME", "padaria sol"),
        ("Padaria Sol EPP", "padaria sol"),
        ("Metalúrgica Silva S/A", "metalurgica silva"),
        ("Cortiças do Norte, Unipessoal Lda", "corticas do norte"),
        ("Cooperativa Agrícola Tarija Ltda.", "agricola tarija"),
        ("J. C. Pérez y Cía. Ltda.", "jc perez"),
        ("The Wine Company Ltd", "wine"),
        ("Bodegas Unidas, C.A.", "bodegas unidas"),
    ],
)
def test_a_name_is_bare_of_signs_accents_and_legal_forms(written: str, bare: str) -> None:
    assert bare_name(written) == bare


@pytest.mark.parametrize("form", ["S.A.", "Ltda.", "Cooperativa", "E.I.R.L."])
def test_a_name_that_is_a_legal_form_stays_one(form: str) -> None:
    assert bare_name(form)


def test_a_legal_form_inside_a_name_is_part_of_it() -> None:
    assert bare_name("Casa Me Gusta SpA") == "casa me gusta"
    assert bare_name("Saci Perere Brinquedos") == "saci perere brinquedos"


@given(st.text(max_size=80))
def test_a_bare_name_is_its_own_bare_name_or_shorter_and_never_fails(text: str) -> None:
    bare = bare_name(text)
    assert set(bare) <= set(string.ascii_lowercase + string.digits + " ")
    assert bare == bare.strip()


@given(words=st.lists(WORDS, min_size=1, max_size=4), form=st.sampled_from(TRAILING_FORMS))
def test_a_legal_form_changes_nothing(words: list[str], form: str) -> None:
    name = " ".join(words)
    assert bare_name(f"{name} {form}") == bare_name(name)
    assert name_likeness(f"{name} {form}", name) == 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_between_nothing_and_the_same_and_has_no_sides(one: str, other: str) -> None:
    assert 0 <= name_likeness(one, other) <= 1
    assert name_likeness(one, other) == pytest.approx(name_likeness(other, one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viña Ejemplo S.A.", "Vinas Ejemplo Limitada"),
        ("Ejemplo Viña SpA", "Viña Ejemplo"),
        ("Tejidos Andinos S.A.S.", "Tejidos Andino"),
    ],
)
def test_slips_and_order_leave_names_alike(one: str, other: str) -> None:
    assert 0.72 <= name_likeness(one, other) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Viña Ejemplo", "Aserradero Ejemplo"), ("Aceros del Sur", "Molinos del Norte"), ("", "Viña")],
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert name_likeness(one, other) < 0.72


def test_the_nearest_of_several_names_counts() -> None:
    assert best_likeness("Etiquetas Z", ("Comercial Zúñiga", "Etiquetas Z SpA", "")) == 1
    assert best_likeness("Etiquetas Z", ()) == 0


@given(name=st.floats(min_value=0, max_value=1), near=PLACE_KM, far=PLACE_KM)
def test_distance_never_helps_and_costs_little(name: float, near: float, far: float) -> None:
    near, far = sorted((near, far))
    assert likeness_with_place(name, far) <= likeness_with_place(name, near) <= name
    assert likeness_with_place(name, far) >= name - FAR_COSTS - 1e-9
    assert likeness_with_place(name, None) == name

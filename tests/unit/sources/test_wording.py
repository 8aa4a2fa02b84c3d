"""Upper-case registers in readable writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.sources.wording import has_legal_form, organization_name, sentence, without_legal_form


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("ALMEXA ALUMINIO SA DE CV", "Almexa Aluminio, S.A. de C.V."),
        ("ASAHI ALUMINIUM MEXICO S.A. DE C.V.", "Asahi Aluminium México, S.A. de C.V."),
        ("GREIF MEXICO S. DE R. L. DE C. V.", "Greif México, S. de R.L. de C.V."),
        ("CFE GENERACION I", "CFE Generación I"),
        ("FUNDICIONES DE LA LAGUNA", "Fundiciones de la Laguna"),
        ("AMB &amp; COLD, LDA", "AMB & Cold, Lda."),
        ("Penasegur - Mediação de Seguros, Lda", "Penasegur - Mediação de Seguros, Lda"),
        ("  Santa   Casa ", "Santa Casa"),
        ("ABB", "ABB"),
    ],
)
def test_writes_names_of_organizations(raw, written):
    assert organization_name(raw, is_spanish=True) == written


def test_gives_spanish_accents_to_spanish_names_only():
    assert organization_name("VIAS DO SUL SA") == "Vias do Sul, S.A."
    assert organization_name("VIAS DEL SUR SA", is_spanish=True) == "Vías del Sur, S.A."


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("FABRICACION DE PRODUCTOS QUIMICOS", "Fabricación de productos químicos"),
        ("Produccion de energia electrica.", "Producción de energía eléctrica"),
        ("Manufactura de Volantes", "Manufactura de Volantes"),
        ("ELABORACIÓN  DE CAÑA", "Elaboración de caña"),
    ],
)
def test_writes_phrases_with_their_accents(raw, written):
    assert sentence(raw) == written


def test_tells_a_legal_form_from_a_name():
    assert has_legal_form("S.A. DE C.V.")
    assert has_legal_form("S DE RL DE CV")
    assert not has_legal_form("PLANTA 2")
    assert not has_legal_form("")
    assert without_legal_form("S.A. DE C.V. PLANTA QUIROGA") == "PLANTA QUIROGA"
    assert without_legal_form("PLANTA QUIROGA") == "PLANTA QUIROGA"


@given(st.text(max_size=80))
def test_any_text_comes_out_on_one_line_and_stays_as_it_is_the_second_time(text):
    once = organization_name(text)
    assert "\n" not in once
    assert organization_name(once) == organization_name(once)
    assert "\n" not in sentence(text)

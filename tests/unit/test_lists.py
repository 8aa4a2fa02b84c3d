from hypothesis import given
from hypothesis import strategies as st

from firms.lists import legal_form_code, legal_forms, meant, of_country, registers


def test_a_legal_form_is_known_however_it_is_dotted_and_only_in_its_country() -> None:
    for written in ("S.A. de C.V.", "SA DE CV", "sociedad anonima de capital variable"):
        assert legal_form_code(written, "MX") == "JGV1"
    assert legal_form_code("spa", "CL") == "KUUZ"
    assert legal_form_code("SpA", "MX") == ""
    assert legal_form_code("", "CL") == ""


def test_a_register_is_written_with_its_sign() -> None:
    found = meant(registers(), "registro único de la matriz productiva", "AR")
    assert found is not None
    assert found.code == "RUMP"
    assert meant(registers(), "pyme meic", "CR") == meant(registers(), "PYME-MEIC", "CR")


def test_every_name_of_the_lists_leads_to_an_entry_of_its_country_or_to_none() -> None:
    for entry in (*legal_forms(), *registers()):
        found = meant(legal_forms(), entry.name, entry.country)
        assert found is None or found.country == entry.country
    assert len(of_country(legal_forms(), "MX")) > 50


@given(st.text(max_size=60))
def test_any_words_are_accepted(text: str) -> None:
    assert len(legal_form_code(text, "CL")) in {0, 4}

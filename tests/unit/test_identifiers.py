import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.identifiers import (
    TAX_SCHEMES,
    InvalidIdentifier,
    Problem,
    Scheme,
    check_number,
    check_tax_number,
    is_personal,
    mask,
    name_of,
)

SCHEMES = [scheme for schemes in TAX_SCHEMES.values() for scheme in schemes]
COUNTRIES = st.sampled_from([*TAX_SCHEMES, "US"])


def ids(scheme: Scheme) -> str:
    return scheme.code


@pytest.mark.parametrize("scheme", SCHEMES, ids=ids)
def test_the_example_shown_to_people_is_a_number(scheme: Scheme) -> None:
    assert check_number(scheme, scheme.example).scheme == scheme.code


@pytest.mark.parametrize("scheme", SCHEMES, ids=ids)
def test_the_form_that_is_shown_reads_back_as_the_same_number(scheme: Scheme) -> None:
    checked = check_number(scheme, scheme.example)
    assert check_number(scheme, checked.value).normalized == checked.normalized
    assert check_number(scheme, checked.normalized).normalized == checked.normalized


@pytest.mark.parametrize("written", ["76.086.428-5", "76086428-5", " 760864285 ", "76 086 428 5"])
def test_ways_of_writing_one_number_are_one_number(written: str) -> None:
    assert check_tax_number("CL", written).normalized == "760864285"


@pytest.mark.parametrize(
    ("country", "text", "problem"),
    [
        ("CL", "", Problem.EMPTY),
        ("CL", " .- ", Problem.EMPTY),
        ("CL", "76.086.428-4", Problem.CHECK_DIGIT),
        ("CL", "7", Problem.LENGTH),
        ("CL", "١٢٣٤٥٦٧٨٩", Problem.FORMAT),
        ("AR", "30-50001091-1", Problem.CHECK_DIGIT),
        ("BR", "16.727.230/0001-98", Problem.CHECK_DIGIT),
        ("MX", "no es un rfc", Problem.LENGTH),
        ("HN", "123", Problem.FORMAT),
        ("BO", "12-3", Problem.FORMAT),
        ("NI", "0310000000001", Problem.FORMAT),
        ("PA", "hola", Problem.FORMAT),
        ("CL", "1" * 500, Problem.FORMAT),
    ],
)
def test_what_is_not_a_number_says_why(country: str, text: str, problem: Problem) -> None:
    with pytest.raises(InvalidIdentifier) as refusal:
        check_tax_number(country, text)
    assert refusal.value.problem is problem


@pytest.mark.parametrize(
    ("country", "text", "scheme"),
    [
        ("BR", "12.ABC.345/01DE-35", "BR-CNPJ"),
        ("BR", "390.533.447-05", "BR-CPF"),
        ("CR", "01-0613-0584", "CR-CPF"),
        ("US", "12-3456789", "US-TAX"),
    ],
)
def test_a_country_may_have_more_than_one_kind_of_number(
    country: str, text: str, scheme: str
) -> None:
    assert check_tax_number(country, text).scheme == scheme


@pytest.mark.parametrize(
    ("scheme", "normalized", "personal"),
    [
        ("CL-RUT", "760864285", False),
        ("CL-RUT", "125319092", True),
        ("AR-CUIT", "20267565393", True),
        ("AR-CUIT", "30500010912", False),
        ("MX-RFC", "GODE561231GR8", True),
        ("MX-RFC", "MAB9307148T4", False),
        ("BR-CPF", "39053344705", True),
        ("BR-CNPJ", "16727230000197", False),
        ("PE-RUC", "10123456789", True),
        ("ES-NIF", "54362315K", True),
        ("ES-NIF", "A13585625", False),
        ("PT-NIF", "501964843", False),
        ("XI-ROR", "03yrm5c26", False),
    ],
)
def test_numbers_of_people_are_told_from_those_of_organizations(
    scheme: str, normalized: str, personal: bool
) -> None:
    assert is_personal(scheme, normalized) is personal


def test_a_scheme_is_called_as_people_call_it() -> None:
    assert (name_of("CL-RUT"), name_of("XI-ROR")) == ("RUT", "XI-ROR")


@given(country=COUNTRIES, text=st.text(max_size=60))
def test_any_text_is_a_number_or_is_refused(country: str, text: str) -> None:
    try:
        checked = check_tax_number(country, text)
    except InvalidIdentifier:
        return
    again = check_tax_number(country, checked.value)
    assert again.normalized == checked.normalized != ""


@given(st.text(max_size=40))
def test_a_mask_keeps_the_shape_and_three_signs_at_most(value: str) -> None:
    masked = mask(value)
    kept = [sign for sign in masked if sign.isalnum()]
    assert len(masked) == len(value)
    assert kept == [sign for sign in value if sign.isalnum()][-3:]

"""Tax and registry numbers: which scheme a country uses, whether a number can exist, its one form.

Schemes are codes of org-id.guide where it has one for the tax number, else the country and the
number's own name. Check digits are python-stdnum's; four countries without a module there have a
format rule here. A number that identifies a natural person is never shown whole to others.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from types import ModuleType

from stdnum.ar import cuit
from stdnum.br import cnpj, cpf
from stdnum.cl import rut as cl_rut
from stdnum.co import nit as co_nit
from stdnum.cr import cpf as cr_cpf
from stdnum.cr import cpj as cr_cpj
from stdnum.cr import cr as cr_cr
from stdnum.do import cedula as do_cedula
from stdnum.do import rnc
from stdnum.ec import ruc as ec_ruc
from stdnum.es import nif as es_nif
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.gt import nit as gt_nit
from stdnum.mx import rfc
from stdnum.pe import ruc as pe_ruc
from stdnum.pt import nif as pt_nif
from stdnum.py import ruc as py_ruc
from stdnum.sv import nit as sv_nit
from stdnum.uy import rut as uy_rut
from stdnum.ve import rif

MAX_LENGTH = 40
SHOWN_OF_A_PERSON = 3


class Problem(Enum):
    """Why a text is not a number of its scheme."""

    EMPTY = "empty"
    LENGTH = "length"
    FORMAT = "format"
    CHECK_DIGIT = "check_digit"


class InvalidIdentifier(ValueError):
    """The text is not a number of the scheme; ``problem`` says why, ``scheme`` which one."""

    def __init__(self, scheme: "Scheme", problem: Problem) -> None:
        super().__init__(f"{scheme.code}: {problem.value}")
        self.scheme = scheme
        self.problem = problem


@dataclass(frozen=True)
class Scheme:
    """A registry's numbers: how people call them, one that exists, and how to check another."""

    code: str
    name: str
    example: str
    check: Callable[[str], str]
    write: Callable[[str], str] = str
    is_person: Callable[[str], bool] = lambda _number: False
    has_check_digit: bool = True


@dataclass(frozen=True)
class Checked:
    """A number in the form to show and in the form to compare."""

    scheme: str
    value: str
    normalized: str
    is_checked: bool


def _standard(
    code: str,
    name: str,
    example: str,
    module: ModuleType,
    is_person: Callable[[str], bool] = lambda _number: False,
) -> Scheme:
    write = getattr(module, "format", str)
    return Scheme(code, name, example, module.validate, write, is_person)


def _pattern(
    code: str,
    name: str,
    example: str,
    pattern: str,
    is_person: Callable[[str], bool] = lambda _number: False,
) -> Scheme:
    whole = re.compile(pattern)

    def check(text: str) -> str:
        number = re.sub(r"[^0-9A-Z]", "", text.upper())
        if not whole.fullmatch(number):
            raise ValidationError
        return number

    return Scheme(code, name, example, check, is_person=is_person, has_check_digit=False)


_PA_CHECK_DIGITS = re.compile(r"\s*-?\s*D\.?V\.?\s*:?\s*\d{1,2}$")
_PA_PARTS = re.compile(r"(?:(?:\d{1,10}|PE|E|N)-)(?:(?:NT|AV|PI)-)?\d{1,6}-\d{1,6}(?:-\d{1,6})?")
_PA_LAST_PROVINCE = 13


def _check_panama(text: str) -> str:
    """Return the parts of a RUC with a dash between; the check digits beside it are dropped."""
    number = _PA_CHECK_DIGITS.sub("", text.upper().strip())
    number = re.sub(r"[\s./-]+", "-", number).strip("-")
    if not _PA_PARTS.fullmatch(number):
        raise ValidationError
    return number


def _is_panamanian_person(number: str) -> bool:
    """Say whether a RUC begins as an identity card does: a province, or a letter of its kind."""
    first = number.split("-")[0]
    return not first.isdigit() or int(first) <= _PA_LAST_PROVINCE


_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})")
_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def _check_ror(text: str) -> str:
    """Return a ROR without its address; its last two digits check the rest (ISO 7064, MOD 97)."""
    found = _ROR.fullmatch(text.strip().lower().rstrip("/"))
    if not found:
        raise ValidationError
    number = 0
    for sign in found[1][1:7]:
        number = number * len(_ROR_DIGITS) + _ROR_DIGITS.index(sign)
    if 98 - number * 100 % 97 != int(found[1][7:]):
        raise InvalidChecksum
    return found[1]


def _anyone(_number: str) -> bool:
    return True


_CL_FIRST_LEGAL_PERSON = 50_000_000
_AR_PEOPLE = ("20", "23", "24", "25", "26", "27")
_CO_ORGANIZATION = re.compile(r"[89]\d{9}")
_PY_ORGANIZATION = re.compile(r"80\d{6,7}")
_MX_PERSON_LENGTH = 13

TAX_SCHEMES: Mapping[str, tuple[Scheme, ...]] = {
    "AR": (
        _standard(
            "AR-CUIT", "CUIT", "30-50001091-2", cuit, lambda number: number.startswith(_AR_PEOPLE)
        ),
    ),
    "BO": (_pattern("BO-NIT", "NIT", "1020703023", r"\d{7,12}"),),
    "BR": (
        _standard("BR-CNPJ", "CNPJ", "16.727.230/0001-97", cnpj),
        _standard("BR-CPF", "CPF", "390.533.447-05", cpf, _anyone),
    ),
    "CL": (
        _standard(
            "CL-RUT",
            "RUT",
            "76.086.428-5",
            cl_rut,
            lambda number: int(number[:-1]) < _CL_FIRST_LEGAL_PERSON,
        ),
    ),
    "CO": (
        _standard(
            "CO-NIT",
            "NIT",
            "800.197.268-4",
            co_nit,
            lambda number: not _CO_ORGANIZATION.fullmatch(number),
        ),
    ),
    "CR": (
        _standard("CR-RPJ", "cédula jurídica", "3-101-999999", cr_cpj),
        _standard("CR-CPF", "cédula física", "01-0613-0584", cr_cpf, _anyone),
        _standard("CR-DIMEX", "DIMEX", "155812994816", cr_cr, _anyone),
    ),
    "DO": (
        _standard("DO-RNC", "RNC", "1-01-85004-3", rnc),
        _standard("DO-CED", "cédula", "001-1391820-5", do_cedula, _anyone),
    ),
    "EC": (
        _standard("EC-RUC", "RUC", "1792060346001", ec_ruc, lambda number: number[2] in "012345"),
    ),
    "ES": (
        _standard(
            "ES-NIF", "NIF", "A13585625", es_nif, lambda number: number[0] in "0123456789KLMXYZ"
        ),
    ),
    "GT": (_standard("GT-NIT", "NIT", "576937-K", gt_nit),),
    "HN": (
        # a person's begins with an identity card: place, then year of birth
        _pattern("HN-RTN", "RTN", "08019995123456", r"\d{14}", lambda number: number[4] in "12"),
    ),
    "MX": (
        _standard(
            "MX-RFC", "RFC", "MAB 930714 8T4", rfc, lambda number: len(number) == _MX_PERSON_LENGTH
        ),
    ),
    "NI": (
        _pattern(
            "NI-RUC",
            "RUC",
            "J0310000000001",
            r"J\d{13}|\d{13}[A-Z]",
            lambda number: not number.startswith("J"),
        ),
    ),
    "PA": (
        Scheme(
            "PA-RUC",
            "RUC",
            "155596713-2-2015 DV59",
            _check_panama,
            is_person=_is_panamanian_person,
            has_check_digit=False,
        ),
    ),
    "PE": (
        _standard("PE-RUC", "RUC", "20512333797", pe_ruc, lambda number: number.startswith("1")),
    ),
    "PT": (_standard("PT-NIF", "NIF", "501964843", pt_nif, lambda number: number[0] in "1234"),),
    "PY": (
        _standard(
            "PY-RUC",
            "RUC",
            "80028061-0",
            py_ruc,
            lambda number: not _PY_ORGANIZATION.fullmatch(number),
        ),
    ),
    "SV": (_standard("SV-NIT", "NIT", "0614-050707-104-8", sv_nit),),
    "UY": (_standard("UY-RUT", "RUT", "21-100342-001-7", uy_rut),),
    "VE": (_standard("VE-RIF", "RIF", "V-11470283-4", rif, lambda number: number[0] in "VEP"),),
}

ROR = Scheme("XI-ROR", "ROR", "https://ror.org/03yrm5c26", _check_ror)
_BY_CODE = {scheme.code: scheme for schemes in TAX_SCHEMES.values() for scheme in schemes}


def schemes_of(country_code: str) -> tuple[Scheme, ...]:
    """Return the tax schemes of a country, the one of organizations first."""
    name = "número de identificación tributaria"
    other = _pattern(f"{country_code}-TAX", name, "123456789", r"(?=.*\d)[0-9A-Z]{4,30}")
    return TAX_SCHEMES.get(country_code, (other,))


def check_tax_number(country_code: str, text: str) -> Checked:
    """Return a country's tax number in its one form, or raise ``InvalidIdentifier``."""
    first, *others = schemes_of(country_code)
    try:
        return check_number(first, text)
    except InvalidIdentifier:
        for scheme in others:
            with suppress(InvalidIdentifier):
                return check_number(scheme, text)
        raise


def check_number(scheme: Scheme, text: str) -> Checked:
    """Return a number of a scheme in its one form, or raise ``InvalidIdentifier``."""
    text = text.strip()
    if not any(character.isalnum() for character in text):
        raise InvalidIdentifier(scheme, Problem.EMPTY)
    if len(text) > MAX_LENGTH or not text.isascii():
        raise InvalidIdentifier(scheme, Problem.FORMAT)
    try:
        number = scheme.check(text)
    except InvalidChecksum as error:
        raise InvalidIdentifier(scheme, Problem.CHECK_DIGIT) from error
    except InvalidLength as error:
        raise InvalidIdentifier(scheme, Problem.LENGTH) from error
    except ValidationError as error:
        raise InvalidIdentifier(scheme, Problem.FORMAT) from error
    value = scheme.write(number) if scheme.has_check_digit else text
    return Checked(scheme.code, value, number, scheme.has_check_digit)


def is_personal(scheme_code: str, normalized: str) -> bool:
    """Say whether a number identifies a natural person, as far as its form tells."""
    scheme = _BY_CODE.get(scheme_code)
    return bool(normalized) and scheme is not None and scheme.is_person(normalized)


def name_of(scheme_code: str) -> str:
    """Return what people call a scheme's numbers, or its code when it is none of ours."""
    scheme = _BY_CODE.get(scheme_code)
    return scheme.name if scheme else scheme_code


def mask(value: str) -> str:
    """Return a number with all but its last three signs hidden, its separators kept."""
    signs = [index for index, sign in enumerate(value) if sign.isalnum()]
    hidden = set(signs[: max(0, len(signs) - SHOWN_OF_A_PERSON)])
    return "".join("•" if index in hidden else sign for index, sign in enumerate(value))

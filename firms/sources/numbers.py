"""Numbers of sellers and buyers in Portuguese contracts, which may be of any country."""

import re
from functools import lru_cache

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from firms.identifiers import InvalidIdentifier, check_tax_number, is_personal
from firms.sources.drafts import IdentifierDraft, RowRejectedError

_PORTUGUESE = re.compile(r"\d{9}")
_HOME = "PT"


@lru_cache(maxsize=20_000)
def identifier_of(text: str) -> tuple[str, IdentifierDraft]:
    """Return the country and the checked number of an organization.

    Raises:
        RowRejectedError: it is no number of an organization: a person's, or of no known form.
    """
    number = re.sub(r"[\s.\-/]", "", text.upper())
    country = _HOME if _PORTUGUESE.fullmatch(number) else "ES"
    try:
        checked = check_tax_number(country, number)
    except InvalidIdentifier as error:
        return _european(number, text, error)
    if is_personal(checked.scheme, checked.normalized):
        raise RowRejectedError("person")
    return country, IdentifierDraft(
        checked.scheme, checked.value, checked.normalized, checked.is_checked
    )


def _european(number: str, text: str, error: InvalidIdentifier) -> tuple[str, IdentifierDraft]:
    """Read a VAT number with its country in front; people's numbers are not told apart there."""
    if _PORTUGUESE.fullmatch(number):
        raise RowRejectedError(error.problem.value, text) from error
    try:
        whole = vat.validate(number)
    except ValidationError:
        raise RowRejectedError("number", text) from error
    country, rest = ("GR" if whole[:2] == "EL" else whole[:2]), whole[2:]
    if country in {_HOME, "ES"}:
        return identifier_of(rest)
    return country, IdentifierDraft(f"{country}-VAT", whole, whole, is_checked=True)

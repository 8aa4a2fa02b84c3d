"""References that people quote: N-CL-20261124-7."""

import datetime as dt

from firms.models import Listing, Need, ReferenceCounter


def take_references(
    *, model: type[Listing], country_code: str, day: dt.date, count: int = 1
) -> list[str]:
    """Return references for new needs or offers; each is given once, whoever else is asking."""
    prefix = "N" if model is Need else "O"
    numbers = ReferenceCounter.objects.take(prefix, country_code, day, count)
    return [f"{prefix}-{country_code}-{day:%Y%m%d}-{number}" for number in numbers]

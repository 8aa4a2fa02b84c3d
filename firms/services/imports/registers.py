"""The registers that can be imported, by kind of file."""

import csv
from functools import cache

from django.conf import settings

from firms.models import ImportKind
from firms.sources import contracts, establishments, ror
from firms.sources.drafts import Register

QUEUE = "parse"
JOBS = {
    ImportKind.CONTRACTS: "import.contracts",
    ImportKind.ESTABLISHMENTS: "import.establishments",
    ImportKind.ROR: "import.ror",
}


def register_of(*, kind: str) -> Register:
    """Return how files of a kind are read."""
    if kind == ImportKind.ESTABLISHMENTS:
        return _establishments()
    return {ImportKind.CONTRACTS: contracts.REGISTER, ImportKind.ROR: ror.REGISTER}[
        ImportKind(kind)
    ]


@cache
def _establishments() -> Register:
    path = settings.DATA_DIR / "classifications" / "scian2018_isic4.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return establishments.register({r["scian"]: r["isic4"] for r in csv.DictReader(lines)})

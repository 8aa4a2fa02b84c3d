"""Loading of the reference data that ships under data/: places, classifications, certificates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.db import transaction

from clusters.models import LoadedDataSet
from clusters.services.reference import certificates, classifications, places
from clusters.services.reference.files import CannotLoadReference, digest_of

__all__ = ["DATA_SETS", "CannotLoadReference", "DataSet", "Loaded", "load_reference"]


class Load(Protocol):
    """Writes a folder's files to the database and returns how many rows there are."""

    def __call__(self, *, folder: Path) -> int: ...


@dataclass(frozen=True)
class DataSet:
    """A folder of shipped files, and the function that writes them to the database.

    Raise ``version`` when the function changes what it writes from the same files.
    """

    name: str
    files: tuple[str, ...]
    load: Load
    version: int = 1


@dataclass(frozen=True)
class Loaded:
    """What became of one data set."""

    name: str
    rows: int
    changed: bool


DATA_SETS = (
    DataSet("places", places.FILES, places.load_places),
    DataSet("classifications", classifications.FILES, classifications.load_classifications),
    DataSet("certificates", certificates.FILES, certificates.load_certificates),
)


def load_reference(
    *,
    folder: Path,
    now: dt.datetime,
    force: bool = False,
    data_sets: Sequence[DataSet] = DATA_SETS,
) -> list[Loaded]:
    """Load the data sets whose files changed since they were last loaded.

    Rows are added and rewritten, never removed: organizations and listings point at them.

    Raises:
        CannotLoadReference: a file is missing or wrong; that data set is left as it was.
    """
    return [_load(data_set, folder / data_set.name, now, force=force) for data_set in data_sets]


@transaction.atomic
def _load(data_set: DataSet, folder: Path, now: dt.datetime, *, force: bool) -> Loaded:
    digest = digest_of(paths=[folder / name for name in data_set.files], version=data_set.version)
    before = LoadedDataSet.objects.select_for_update().filter(name=data_set.name).first()
    if before and before.digest == digest and not force:
        return Loaded(data_set.name, before.rows, changed=False)
    rows = data_set.load(folder=folder)
    LoadedDataSet.objects.update_or_create(
        name=data_set.name, defaults={"digest": digest, "rows": rows, "loaded_at": now}
    )
    return Loaded(data_set.name, rows, changed=True)

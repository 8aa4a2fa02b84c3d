"""A small world for the importers: three countries, a few divisions, cities and codes."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils.translation import override

from clusters.models import Scheme
from common.jobs.run import run_next
from firms.models import ImportBatch, ImportKind
from firms.services.imports.batches import start_import
from firms.services.imports.registers import QUEUE
from tests.factories import (
    CityFactory,
    ClassificationFactory,
    CountryFactory,
    RegionFactory,
    box,
    point,
)
from tests.imports.rows import write_csv

COUNTRIES = {"CL": "Chile", "MX": "México", "PT": "Portugal", "ES": "España", "FR": "Francia"}
DIVISIONS = {
    "CL-LI": ("O'Higgins", (-72.1, -35.0, -70.0, -33.8)),
    "MX-JAL": ("Jalisco", (-105.7, 18.9, -101.5, 22.8)),
    "MX-NLE": ("Nuevo León", (-101.2, 23.1, -98.4, 27.8)),
    "PT-06": ("Coimbra", (-8.9, 39.9, -7.7, 40.6)),
    "PT-11": ("Lisboa", (-9.5, 38.6, -8.8, 39.4)),
}
CITIES = {
    "Góis": ("PT-06", -8.11, 40.16),
    "Lisboa": ("PT-11", -9.13, 38.71),
    "Zapopan": ("MX-JAL", -103.387, 20.721),
    "Santa Cruz": ("CL-LI", -71.366, -34.639),
}
CODES = {
    Scheme.CPV2008: ("45233200", "34992200", "33600000"),
    Scheme.ISIC4: ("2420", "2011"),
}


@pytest.fixture
def world(settings, tmp_path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        },
    }
    for code, name in COUNTRIES.items():
        CountryFactory(code=code, label_es=name, center=point(-8, 39.5))
    for code, (name, bounds) in DIVISIONS.items():
        RegionFactory(code=code, label_es=name, boundary=box(*bounds))
    for name, (division, longitude, latitude) in CITIES.items():
        region = RegionFactory(code=division)
        CityFactory(name=name, admin_unit=region, point=point(longitude, latitude))
    for scheme, codes in CODES.items():
        for code in codes:
            ClassificationFactory(scheme=scheme, code=code)


Import = Callable[..., ImportBatch]


@pytest.fixture
def import_rows(world, tmp_path) -> Import:
    """Import rows of a kind to the end, as a worker does, and return the batch."""

    def run(kind: ImportKind, *rows: dict[str, str]) -> ImportBatch:
        path = write_csv(tmp_path / "rows.csv", rows)
        return import_bytes(kind, path.read_bytes())

    return run


@pytest.fixture
def import_bytes_of(world) -> Import:
    return import_bytes


def import_bytes(kind: ImportKind, content: bytes) -> ImportBatch:
    batch = start_import(kind=kind, file=ContentFile(content), file_name="rows.csv")
    while run_next(QUEUE):
        pass
    batch.refresh_from_db()
    return batch


def run_command(name: str, path: Path, **options: object) -> str:
    out = io.StringIO()
    with override("es"):
        call_command(name, path, stdout=out, **options)
    return out.getvalue()

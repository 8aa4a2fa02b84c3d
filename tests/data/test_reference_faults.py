"""Spoiled reference files: the command says which file, which line, and stores nothing."""

import pytest
from django.core.management import CommandError

from clusters.models import AdminUnit, CertificateStandard, Classification
from tests.reference import load

pytestmark = pytest.mark.django_db


def test_names_a_file_that_is_missing(folder):
    (folder / "places" / "cities.csv").unlink()
    with pytest.raises(CommandError, match=r"No se puede leer .*cities\.csv"):
        load(folder, only=["places"])
    assert not AdminUnit.objects.exists()


def test_names_the_columns_that_are_missing(folder):
    (folder / "certificates" / "standards.csv").write_text("code,label_es\niso-9001,ISO\n")
    with pytest.raises(CommandError, match="faltan columnas: family, label_en, label_pt"):
        load(folder, only=["certificates"])
    assert not CertificateStandard.objects.exists()


def test_names_the_line_that_is_cut(folder):
    path = folder / "places" / "countries.csv"
    path.write_text("code,label_es,label_pt,label_en,lon,lat\nCL,Chile,Chile\n")
    with pytest.raises(CommandError, match=r"countries\.csv, línea 2"):
        load(folder, only=["places"])


def test_names_a_code_whose_parent_is_unknown(folder):
    path = folder / "classifications" / "isic4.csv"
    path.write_text("code,parent,label_es,label_pt,label_en\n1102,110,Vino,Vinho,Wine\n")
    with pytest.raises(CommandError, match="código 1102: su superior 110"):
        load(folder, only=["classifications"])
    assert not Classification.objects.exists()


def test_names_a_city_without_coordinates(folder):
    path = folder / "places" / "cities.csv"
    head = "geonames_id,name,country,admin1,lat,lon,population,timezone\n"
    path.write_text(f"{head}1,Lolol,CL,CL-LI,norte,-71,1,America/Santiago\n")
    with pytest.raises(CommandError, match="ciudad Lolol"):
        load(folder, only=["places"])


def test_names_a_map_that_cannot_be_read(folder):
    (folder / "places" / "admin1.geojson").write_text('{"features": [{}]}')
    with pytest.raises(CommandError, match="no se entiende"):
        load(folder, only=["places"])

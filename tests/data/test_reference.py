"""The reference data that ships, and the command that loads it."""

import pytest
from django.contrib.gis.geos import Point
from django.db.models import Q

from clusters.models import (
    AdminUnit,
    CertificateStandard,
    City,
    Classification,
    ClassificationLink,
    Scheme,
    fold,
)
from tests.reference import load

UNNAMED = Q(label_es="") | Q(label_pt="") | Q(label_en="")


def digest_of_tables() -> list[object]:
    return [
        list(AdminUnit.objects.order_by("code").values_list("pk", "code", "label_es", "center")),
        list(City.objects.order_by("geonames_id").values_list("pk", "name", "admin_unit")),
        list(Classification.objects.order_by("pk").values_list("pk", "path", "parent", "label_pt")),
        list(ClassificationLink.objects.order_by("pk").values_list("source", "target")),
        list(CertificateStandard.objects.order_by("pk").values_list("pk", "code", "label_en")),
    ]


@pytest.mark.usefixtures("reference", "db")
class TestShippedData:
    def test_holds_as_many_rows_as_the_sources_say(self):
        count = Classification.objects.filter
        assert AdminUnit.objects.filter(level=0).count() == 249
        assert AdminUnit.objects.filter(level=1).count() == 538
        assert City.objects.count() == 12_085
        assert count(scheme=Scheme.ISIC4).count() == 766
        assert count(scheme=Scheme.CPV2008).count() == 9_454
        assert count(scheme=Scheme.HS).count() == 6_939
        assert ClassificationLink.objects.count() == 5_182
        assert CertificateStandard.objects.count() == 73

    def test_names_every_entry_in_every_language(self):
        assert not AdminUnit.objects.filter(UNNAMED).exists()
        assert not CertificateStandard.objects.filter(UNNAMED).exists()
        assert not Classification.objects.exclude(scheme=Scheme.HS).filter(UNNAMED).exists()
        assert not Classification.objects.filter(UNNAMED, scheme=Scheme.HS, level=1).exists()
        assert not Classification.objects.filter(label_en="").exists()

    def test_knows_the_divisions_of_each_country(self):
        def divisions(code: str) -> int:
            return AdminUnit.objects.filter(country_code=code, level=1).count()

        found = {code: divisions(code) for code in ("CL", "MX", "CR", "BR", "CO", "ES", "PT")}
        assert found == {"CL": 16, "MX": 32, "CR": 7, "BR": 27, "CO": 33, "ES": 19, "PT": 20}

    @pytest.mark.parametrize(
        ("name", "longitude", "latitude", "code"),
        [
            ("Santa Cruz", -71.366, -34.639, "CL-LI"),
            ("Zapopan", -103.387, 20.721, "MX-JAL"),
            ("Cartago", -83.92, 9.864, "CR-C"),
            ("Viseu", -7.91, 40.66, "PT-18"),
            ("Sevilla", -5.98, 37.39, "ES-AN"),
            ("Bogotá", -74.08, 4.61, "CO-DC"),
        ],
    )
    def test_tells_which_division_a_point_lies_in(self, name, longitude, latitude, code):
        point = Point(longitude, latitude, srid=4326)
        assert AdminUnit.objects.get(level=1, boundary__covers=point).code == code
        city = City.objects.filter(search_name=fold(name), admin_unit__code=code)
        assert city.exists()

    def test_draws_only_valid_polygons(self):
        assert not AdminUnit.objects.filter(boundary__isvalid=False).exists()
        assert not AdminUnit.objects.filter(level=1, boundary=None).exists()

    def test_gives_every_entry_its_path_and_level(self):
        wine = Classification.objects.get(scheme=Scheme.ISIC4, code="1102")
        assert (wine.path, wine.level) == ("C/11/110/1102", 4)
        assert wine.parent is not None
        assert wine.parent.code == "110"
        wines = Classification.objects.get(scheme=Scheme.HS, code="220421")
        assert wines.path == "22/2204/220421"
        assert [link.target.code for link in wines.links.all()] == ["1102"]

    def test_finds_a_city_without_its_accents(self):
        assert City.objects.filter(search_name="bogota").exists()
        assert City.objects.get(search_name="ciudad de mexico").admin_unit.code == "MX-CMX"


@pytest.mark.usefixtures("reference", "db")
class TestLoadingAgain:
    def test_says_that_nothing_changed_and_writes_nothing(self, django_assert_num_queries):
        before = digest_of_tables()
        with django_assert_num_queries(3 * 3):  # savepoint, stamp, release for each data set
            said = load()
        assert said.count("sin cambios") == 3
        assert digest_of_tables() == before

    def test_rewrites_the_same_rows_when_forced(self):
        before = digest_of_tables()
        assert "filas cargadas" in load(force=True)
        assert digest_of_tables() == before

    def test_mends_a_row_that_a_new_file_words_differently(self, folder):
        standards = folder / "certificates" / "standards.csv"
        standards.write_text(standards.read_text().replace("Kosher", "Casher"))
        assert "certificates: 73 filas cargadas" in load(folder)
        assert CertificateStandard.objects.get(code="kosher").label_es == "Casher"

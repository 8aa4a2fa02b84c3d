"""Who was supported by a program, and how the directory knows."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from firms.models import Beneficiary, Visibility
from programs.models import Award, ProgramStatus
from tests.factories import AwardFactory, IdentifierFactory, OrganizationFactory, ProgramFactory

pytestmark = pytest.mark.django_db

HEAD = "program,scheme,number,year,amount,currency,reference,url\n"


def test_the_directory_its_api_and_both_pages_know_who_was_supported(client: Any) -> None:
    award = AwardFactory(organization__legal_name="Con Apoyo SpA", source="Gaceta", year=2021)
    OrganizationFactory(legal_name="Sin Apoyo SpA")
    AwardFactory(organization__visibility=Visibility.PRIVATE, program=award.program)
    wanted = {"beneficiary": "on"}
    page = client.get(reverse("firms:directory"), wanted).content.decode()
    assert ("Con Apoyo" in page, "Sin Apoyo" in page) == (True, False)
    found = client.get("/api/v1/organizations/", {"beneficiary": "true"}).json()["results"]
    assert [row["legal_name"] for row in found] == ["Con Apoyo SpA"]
    address = reverse("programs:awards-of", args=[award.organization.public_id])
    assert (
        address
        in client.get(
            reverse("firms:organization", args=[award.organization.public_id])
        ).content.decode()
    )
    whole = client.get(address).content
    part = client.get(address, headers={"HX-Request": "true"}).content
    assert part.strip() in whole
    assert all(word in part.decode() for word in ("Gaceta", "2021", award.program.label))
    program = client.get(reverse("programs:program", args=[award.program.slug]))
    assert [row.organization for row in program.context["awards"]] == [award.organization]


def test_a_trigger_keeps_who_was_supported_by_whatever_writes() -> None:
    award = AwardFactory(year=2020)
    other = OrganizationFactory()
    AwardFactory(organization=award.organization, program=award.program, year=2023)
    assert Beneficiary.objects.get().latest_year == 2023
    Award.objects.filter(year=2023).update(organization=other)
    kept = dict(Beneficiary.objects.values_list("organization", "latest_year"))
    assert kept == {award.organization_id: 2020, other.pk: 2023}
    Award.objects.filter(organization=other).delete()
    assert set(Beneficiary.objects.values_list("pk", flat=True)) == {award.organization_id}


def test_awards_are_imported_once_and_what_has_no_place_is_told(
    tmp_path: Path, capsys: Any
) -> None:
    program = ProgramFactory(slug="bono")
    ProgramFactory(slug="borrador", status=ProgramStatus.DRAFT)
    number = IdentifierFactory()
    row = f"bono,{number.scheme},{number.value},2024,1500,clp,R-1,\n"
    lost = f"borrador,{number.scheme},{number.value},2024,,,,\nbono,source:x,nadie,2024,,,,\n"
    path = tmp_path / "awards.csv"
    path.write_text(HEAD + row + lost, encoding="utf-8")
    for _ in range(2):
        call_command("import_awards", path, source="Gaceta")
    award = Award.objects.get()
    assert (award.program, award.organization) == (program, number.organization)
    assert (award.amount, award.currency, award.source) == (1500, "CLP", "Gaceta")
    assert "3 filas: 0 apoyos nuevos, 2 sin lugar" in capsys.readouterr().out
    for wrong in (f"bono,{number.scheme},1,24,,,,\n", "bono,CL-RUT,1,2024,NaN,CLP,,\n"):
        path.write_text(HEAD + wrong, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("import_awards", path, source="Gaceta")
    assert Award.objects.count() == 1

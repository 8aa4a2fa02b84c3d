"""A spreadsheet in a browser: upload, columns, mend a row, import, undo."""

import pytest
from playwright.sync_api import expect
from stdnum.cl import rut

from firms.models import Membership, Organization, Role
from tests.browser.conftest import Visit
from tests.browser.world import World
from tests.factories import CountryFactory, MembershipFactory
from tests.firms.spreadsheets.conftest import work

GOOD, BAD = (f"7700000{n}{rut.calc_check_digit(f'7700000{n}')}" for n in (1, 2))
TEXT = f"Empresa;RUT;Ciudad\nMetalsur SpA;{GOOD};Talca\nTaller Andino;{BAD[:-1]}X;Talca\n"


@pytest.fixture
def member(world: World) -> Membership:
    CountryFactory(code="CL")
    return MembershipFactory(role=Role.ADMINISTRATOR)


def test_a_spreadsheet_comes_in_and_goes_out_again(member: Membership, visit: Visit) -> None:
    visitor = visit(member.user)
    page = visitor.page
    visitor.goto("/es/imports/")
    file = {"name": "socios.csv", "mimeType": "text/csv", "buffer": TEXT.encode("cp1252")}
    page.get_by_label("Archivo").set_input_files(file)
    page.get_by_role("button", name="Subir y leer").click()
    work()
    page.get_by_label("País de las filas").select_option("CL")
    page.get_by_role("button", name="Revisar las filas").click()
    work()
    expect(page.get_by_role("button", name="Importar 1 fila")).to_be_visible()
    page.get_by_role("link", name="Corregir Taller Andino").click()
    page.locator("#row-3").get_by_label("Número tributario").fill(BAD)
    page.get_by_role("button", name="Guardar y revisar de nuevo").click()
    expect(page.locator("#row-3")).to_contain_text("Se crea")
    page.get_by_role("button", name="Importar 2 filas").click()
    work()
    expect(page.get_by_text("Listo.")).to_be_visible()
    assert Organization.objects.filter(source="spreadsheet").count() == 2
    page.get_by_role("link", name="Deshacer…").click()
    page.get_by_role("button", name="Deshacer").click()
    work()
    expect(page.get_by_text("La importación quedó deshecha.")).to_be_visible()
    assert not Organization.objects.filter(source="spreadsheet").exists()
    assert not visitor.is_too_wide()

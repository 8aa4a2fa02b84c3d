"""From a file to organizations and back, as a person sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from firms.models import Spreadsheet
from tests.firms.spreadsheets.conftest import GOOD, HEADER, RUTS, bring, fates, imported, run, work

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BAD = "Vinos Malos;76.086.428-9;Santa Cruz;correo;S-2"


def page_of(sheet: Spreadsheet) -> str:
    return reverse("firms:import", args=[sheet.public_id])


def test_a_file_goes_from_upload_to_import_and_back(client, member, cluster) -> None:
    here, sheet = _uploaded(client, cluster)
    _columns_confirmed(client, here, sheet)
    _row_mended(client, sheet)
    move = reverse("firms:import-move", args=[sheet.public_id, "run"])
    client.post(move)
    work()
    assert imported() == ["Metalsur SpA", "Vinos Malos"]
    assert cluster.affiliations.filter(member_confirmed_on=None).count() == 2
    assert "Listo." in client.get(here).content.decode()
    ask = client.get(reverse("firms:import-undo", args=[sheet.public_id])).content.decode()
    assert "Se deshacen 2 filas" in ask
    client.post(reverse("firms:import-move", args=[sheet.public_id, "undo"]))
    work()
    assert imported() == []
    assert cluster.affiliations.count() == 1
    assert "deshecha" in client.get(here).content.decode()


def _uploaded(client, cluster):
    content = f"{HEADER}\n{GOOD}\n{BAD}\n".encode("cp1252")
    sent = {"to": f"cluster-{cluster.slug}", "file": SimpleUploadedFile("socios.csv", content)}
    answer = client.post(reverse("firms:imports"), sent)
    assert answer.status_code == 303
    here = answer["Location"]
    assert "Leyendo el archivo" in client.get(here).content.decode()
    work()
    page = client.get(here).content.decode()
    assert "Leímos 2 filas" in page
    assert "76.086.428-5" in page
    return here, Spreadsheet.objects.get()


def _columns_confirmed(client, here, sheet) -> None:
    choices = {f"column-{index}": name for name, index in sheet.mapping.items()}
    columns = reverse("firms:import-columns", args=[sheet.public_id])
    said = {"country": "CL", "decimal": ".", "dates": "dmy", "act": "check", **choices}
    assert client.post(columns, said).status_code == 303
    work()
    page = client.get(here).content.decode()
    assert "Importar 1 fila" in page
    assert "el dígito verificador no corresponde" in page


def _row_mended(client, sheet) -> None:
    row = reverse("firms:import-row", args=[sheet.public_id, 3])
    number = sheet.mapping["tax_number"]
    mended = client.post(row, {f"cell-{number}": RUTS[1]}, headers=HTMX)
    assert mended.status_code == 200
    assert "Se crea" in mended.content.decode()
    assert fates(sheet) == ["create", "create"]


def test_pasted_cells_are_a_file_too(client, member) -> None:
    text = "nombre\trut\nMetalsur SpA\t76.086.428-5\n"
    sent = {"to": str(member.organization.public_id), "text": text}
    assert client.post(reverse("firms:imports"), sent).status_code == 303
    work()
    sheet = Spreadsheet.objects.get()
    assert sheet.dialect["delimiter"] == "\t"
    assert sheet.mapping == {"legal_name": 0, "tax_number": 1}


def test_a_form_without_a_file_or_for_somebody_else_is_kept_with_the_reason(client) -> None:
    answer = client.post(reverse("firms:imports"), {"to": "cluster-ajeno", "text": "a"})
    assert answer.status_code == 422
    assert ">a</textarea>" in answer.content.decode().replace("\r", "").replace("\n", "")
    assert not Spreadsheet.objects.exists()


def test_the_part_is_the_page_without_its_frame(client, member) -> None:
    sheet = bring(f"{HEADER}\n{GOOD}\n{BAD}\n", member)
    for address in (
        page_of(sheet),
        page_of(sheet) + "?fate=reject",
        page_of(sheet) + "?step=columns",
    ):
        part = client.get(address, headers=HTMX).content.decode()
        assert part.strip().startswith('<section id="now"')
        assert "<html" not in part
    only = client.get(page_of(sheet) + "?fate=reject", headers=HTMX).content.decode()
    assert "Vinos Malos" in only
    assert "Metalsur" not in only


def test_the_columns_must_hold_a_name_once(client, member) -> None:
    sheet = bring(f"{HEADER}\n{GOOD}\n", member)
    columns = reverse("firms:import-columns", args=[sheet.public_id])
    said = {"country": "CL", "decimal": ".", "dates": "dmy", "column-0": "city", "column-1": "city"}
    answer = client.post(columns, said)
    assert answer.status_code == 422
    assert "Ya eligió otra columna" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.state == "checked"


def test_another_separator_is_read_again(client, member) -> None:
    sheet = bring("nombre;a,b\nMetalsur;1,2\n", member)
    columns = reverse("firms:import-columns", args=[sheet.public_id])
    said = {"encoding": "utf-8", "delimiter": ",", "header_row": "1", "act": "read"}
    assert client.post(columns, said).status_code == 303
    work()
    sheet.refresh_from_db()
    assert sheet.header == ["nombre;a", "b"]


def test_the_rows_left_out_come_as_a_file_that_computes_nothing(client, member) -> None:
    wrong = '"=HYPERLINK(""http://x"")";76.086.428-9;;;S-2'
    sheet = bring(f"{HEADER}\n{GOOD}\n{wrong}\n", member)
    answer = client.get(reverse("firms:import-left-out", args=[sheet.public_id]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, line = text.strip().split("\r\n")
    assert head.startswith("nombre;rut;ciudad;correo;código;Fila;Destino;Motivo")
    assert line.startswith("\"'=HYPERLINK")
    assert "dígito verificador" in line


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_brought_in_as_it_is(client, member, kind: str) -> None:
    file = client.get(reverse("firms:import-template", args=[kind])).content
    sheet = bring(file, member)
    assert set(sheet.mapping) >= {"legal_name", "tax_number", "country", "city", "activity"}
    assert fates(sheet) == ["create"]


def test_a_page_of_rows_asks_as_often_for_three_as_for_thirty(
    client, member, django_assert_max_num_queries
) -> None:
    lines = "\n".join(f"Taller {n};;Santa Cruz;;T-{n}" for n in range(30))
    few = bring(f"{HEADER}\n" + "\n".join(lines.split("\n")[:3]), member)
    many = bring(f"{HEADER}\n{lines}\n", member)
    for sheet in (few, many):
        with django_assert_max_num_queries(20):
            client.get(page_of(sheet))
    run(many, member.user)
    with django_assert_max_num_queries(20):
        client.get(page_of(many))


def test_a_cell_with_a_zero_byte_is_kept_without_it(client, member) -> None:
    sheet = bring(f"{HEADER}\n{BAD}\n", member)
    row = reverse("firms:import-row", args=[sheet.public_id, 2])
    assert client.post(row, {"cell-0": "Vinos\0 Buenos"}).status_code == 303
    assert sheet.rows.get().cells[0] == "Vinos Buenos"


def test_nobody_without_an_organization_finds_the_page(client) -> None:
    stranger = Client()
    from_nowhere = stranger.get(reverse("firms:imports"))
    assert from_nowhere.status_code == 302

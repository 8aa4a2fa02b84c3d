"""Programs read from files: nothing dropped silently, nothing doubled, nothing half written."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from common.jobs.models import Job
from programs.models import Call, CallStatus, EligibilityCriterion, Program
from programs.services.sources import bdns
from programs.services.sources.entries import CannotLoad
from programs.services.sources.files import read_files
from programs.services.sources.write import write_programs
from tests.factories import NOW, TODAY, ClassificationFactory, CountryFactory, RegionFactory
from tests.programs.make import managed_firm

DATA = Path(settings.BASE_DIR) / "data" / "programs"
SME = bdns.SMALL_FIRMS
HEAD = "time_zone='UTC'\nref='x'\nslug='x'\nagency_name='A'\nnames={es='X'}\n"
ROW = {
    "codigo_bdns": "900001",
    "titulo": "Ayudas a la innovación 2026",
    "organo": "Agencia de Innovación",
    "nivel_admin": "Autonomica",
    "region": "Cataluña",
    "importe": "50000.0",
    "fecha_inicio": "2026-11-02",
    "fecha_fin": "2026-12-31",
    "sector": "Investigación, desarrollo e innovación",
    "beneficiarios": SME,
    "url_oficial": "https://www.infosubvenciones.es/bdnstrans/GE/es/convocatoria/900001",
    "bases_url": "",
}


def file_of(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "calls.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ROW))
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return path


def read(folder: Path, *rows: dict[str, str]):
    remarks: list = []
    programs = list(bdns.read_bdns(path=file_of(folder, *rows), remarks=remarks))
    return [call for program in programs for call in program.calls], remarks


def one(folder: Path, **row: str):
    calls, remarks = read(folder, row)
    return calls[0], remarks


def by_code(call):
    return {criterion.code: criterion for criterion in call.criteria}


def test_the_register_is_read_whole():
    remarks: list = []
    programs = list(bdns.read_bdns(path=DATA / "bdns" / "calls.csv", remarks=remarks))
    calls = [call for program in programs for call in program.calls]
    assert (len(programs), len(calls), len(remarks)) == (598, 1011, 5)
    assert all(call.criteria for call in calls)
    assert len({program.slug for program in programs}) == 598
    assert sum(call.closes_at is None for call in calls) == 404 + 2
    assert sum(call.status == CallStatus.CANCELLED for call in calls) > 0


def test_a_day_is_a_day_in_spain_and_the_last_one_counts_whole(tmp_path):
    call, _ = one(tmp_path)
    assert call.opens_at.isoformat() == "2026-11-02T00:00:00+01:00"
    assert call.closes_at.isoformat() == "2027-01-01T00:00:00+01:00"
    canary, _ = one(tmp_path, region="Canarias")
    assert canary.closes_at.isoformat() == "2027-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("beneficiaries", "kind", "parts"),
    [
        (SME, "any_of", ["all_of", "applicant_kind"]),
        (bdns.LARGE_FIRMS, "all_of", ["applicant_kind", "size_class"]),
        (f"{bdns.LARGE_FIRMS}, {SME}", "applicant_kind", []),
        (f"{bdns.LEGAL_PERSONS}, {SME}", "any_of", ["all_of", "applicant_kind"]),
        (bdns.PRIVATE_PERSONS, "declared", []),
        ("Marcianos", "declared", []),
        (f"{SME} y Marcianos", "declared", []),
        ("", "declared", []),
    ],
)
def test_beneficiaries_become_kinds_and_sizes_or_a_condition_to_confirm(
    tmp_path, beneficiaries, kind, parts
):
    criterion = by_code(one(tmp_path, beneficiarios=beneficiaries)[0])["beneficiarios"]
    assert criterion.kind == kind
    assert [part.kind for part in criterion.parts] == parts
    assert beneficiaries in criterion.text


@pytest.mark.parametrize(
    ("region", "units", "is_open"),
    [
        ("Cataluña", ["ES-CT"], False),
        ("Toda España", ["ES"], False),
        ("Varias comunidades", ["ES"], True),
        ("", ["ES"], True),
        ("Atlántida", ["ES"], True),
    ],
)
def test_a_region_becomes_a_territory_and_what_is_vague_is_asked(tmp_path, region, units, is_open):
    found = by_code(one(tmp_path, region=region)[0])
    assert found["region"].parameters == {"units": units}
    assert ("comunidades" in found) is is_open


def test_a_town_hall_may_ask_for_a_place_in_town(tmp_path):
    assert "ambito" not in by_code(one(tmp_path)[0])
    assert by_code(one(tmp_path, nivel_admin="Local")[0])["ambito"].kind == "declared"


def test_a_purpose_never_refuses_another_activity(tmp_path):
    criterion = by_code(one(tmp_path, sector="Cultura")[0])["finalidad"]
    assert [part.kind for part in criterion.parts] == ["activity", "declared"]
    assert criterion.kind == "any_of"
    assert "finalidad" not in by_code(one(tmp_path, sector="Fomento del Empleo")[0])


def test_odd_values_are_loaded_as_unknown_and_told(tmp_path):
    call, remarks = one(
        tmp_path, importe="mucho", fecha_inicio="2026-11-31", fecha_fin="", bases_url="BOP n.º 3"
    )
    assert (call.budget, call.currency, call.opens_at) == (None, "", None)
    assert "BOP n.º 3" in call.summary
    assert [remark.where for remark in remarks] == ["900001", "900001"]
    call, remarks = one(tmp_path, fecha_fin="2026-11-01")
    assert call.closes_at is None
    assert "2026-11-01" in call.summary
    assert len(remarks) == 1


def test_rows_without_a_key_and_repeated_ones_are_told_and_left_out(tmp_path):
    calls, remarks = read(tmp_path, {}, {}, {"codigo_bdns": ""}, {"titulo": "", "codigo_bdns": "9"})
    assert len(calls) == 1
    assert [remark.where for remark in remarks] == ["900001", "?", "9"]


def test_an_address_without_its_protocol_is_mended(tmp_path):
    assert one(tmp_path, bases_url="www.xirivella.es")[0].rules_url == "https://www.xirivella.es"
    assert one(tmp_path, bases_url="http://mal formada/ x")[0].rules_url == ""


def test_a_cancelled_call_says_so(tmp_path):
    assert one(tmp_path, titulo="ANULADA Feria del vino")[0].status == CallStatus.CANCELLED
    assert one(tmp_path, titulo="Ayudas anuladas en 2025")[0].status == CallStatus.PUBLISHED


@pytest.mark.parametrize("content", ["", "codigo_bdns,titulo\n1,a\n"])
def test_a_file_of_another_form_is_refused_by_name(tmp_path, content):
    path = tmp_path / "calls.csv"
    path.write_text(content)
    with pytest.raises(CannotLoad, match="calls"):
        list(bdns.read_bdns(path=path, remarks=[]))
    with pytest.raises(CannotLoad, match="absent"):
        list(bdns.read_bdns(path=tmp_path / "absent.csv", remarks=[]))


@pytest.fixture
def spain(db: None) -> None:
    CountryFactory(code="ES")
    RegionFactory(code="ES-CT")
    for code in ("58", "59", "60", "90", "91"):
        ClassificationFactory(code=code, path=f"J/{code}", level=2)


def write(folder: Path, *rows: dict[str, str]):
    entries = bdns.read_bdns(path=file_of(folder, *rows), remarks=[])
    return write_programs(source=bdns.SOURCE, entries=entries, now=NOW)


def rows_now():
    criteria = EligibilityCriterion.objects.order_by("pk").values_list("pk", "parameters")
    return list(criteria), list(Call.objects.values_list("pk", "rules_revision", "updated_at"))


def test_loading_twice_changes_nothing(tmp_path, spain):
    first = write(tmp_path, {}, {"codigo_bdns": "900002", "sector": "Cultura"})
    assert (first.programs, first.calls, first.new, first.changed) == (2, 2, 4, 0)
    before = rows_now()
    again = write(tmp_path, {}, {"codigo_bdns": "900002", "sector": "Cultura"})
    assert (again.new, again.changed) == (0, 0)
    assert rows_now() == before


def test_a_changed_row_changes_its_call_alone_and_asks_for_its_verdicts(tmp_path, spain):
    managed_firm()
    write(tmp_path, {}, {"codigo_bdns": "900002"})
    Job.objects.all().delete()
    revisions = dict(Call.objects.values_list("source_ref", "rules_revision"))
    tally = write(tmp_path, {"beneficiarios": bdns.LARGE_FIRMS}, {"codigo_bdns": "900002"})
    assert (tally.new, tally.changed) == (0, 1)
    changed = Call.objects.get(source_ref="900001")
    assert changed.rules_revision == revisions["900001"] + 1
    assert Call.objects.get(source_ref="900002").rules_revision == revisions["900002"]
    assert list(Job.objects.values_list("kind", "key")) == [("call.verdicts", changed.pk)]


def test_an_unknown_place_stops_the_load_and_leaves_nothing_half(tmp_path, db):
    with pytest.raises(CannotLoad, match="ES"):
        write(tmp_path, {})
    assert not Program.objects.exists()


@pytest.mark.parametrize(
    ("text", "at_fault"),
    [
        ("ref =", "a.toml"),
        ("ref = 'x'", "time_zone"),
        (f"{HEAD}what=1", "what"),
        (f"{HEAD}[[calls]]", "ref"),
        (f"{HEAD}[[criteria]]", "kind"),
    ],
)
def test_a_file_written_by_hand_says_what_is_wrong_in_it(tmp_path, text, at_fault):
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(CannotLoad, match=at_fault):
        read_files(folder=tmp_path, today=TODAY)


@pytest.mark.parametrize(
    ("criterion", "at_fault"),
    [
        ("kind='territory'\nunits=['XX']", "XX"),
        ("kind='activity'\nactivities=['9999']", "9999"),
        ("kind='certificate_held'\nstandards=['iso-0']", "iso-0"),
        ("kind='size_class'\nsizes=['huge']", "sizes"),
        ("kind='telepathy'", "telepathy"),
    ],
)
def test_a_rule_with_an_unknown_code_is_refused_by_name(tmp_path, db, criterion, at_fault):
    (tmp_path / "a.toml").write_text(f"{HEAD}[[criteria]]\n{criterion}\ntext='x'")
    entries = read_files(folder=tmp_path, today=TODAY)
    with pytest.raises(CannotLoad, match=at_fault):
        write_programs(source="racimo", entries=entries, now=NOW)


def test_an_illustration_keeps_its_dates_until_it_is_over(tmp_path, db):
    (tmp_path / "a.toml").write_text(
        "time_zone='America/Santiago'\nref='x'\nslug='x'\nagency_name='A'\nnames={es='X'}\n"
        "[[calls]]\nref='c'\ntitle='C'\nillustration_days=[-5, 12]"
    )

    def closes_after_loading_on(day: int):
        now = NOW.replace(month=12, day=day)
        write_programs(
            source="racimo", entries=read_files(folder=tmp_path, today=now.date()), now=now
        )
        return Call.objects.get().closes_at.date()

    assert closes_after_loading_on(1).isoformat() == "2026-12-13"
    assert closes_after_loading_on(10).isoformat() == "2026-12-13"
    assert closes_after_loading_on(20).isoformat() == "2027-01-01"


def test_the_command_says_what_it_did_and_what_stopped_it(tmp_path, db):
    with pytest.raises(CommandError, match="latam"):
        call_command("load_programs", folder=tmp_path, stdout=StringIO())

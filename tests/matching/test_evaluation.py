"""The evaluation command measures what it says, honestly, and touches nothing."""

import csv
import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from firms.contracts import COLUMNS, parse_contract
from matching.models import Match, OfferDoc
from matching.services.evaluation import split, summary

pytestmark = pytest.mark.django_db

SINCE = dt.date(2024, 1, 10)
SOLD = {
    "600": ("Etiquetas para garrafas de vinho", "22459000-2", "Etiquetas"),
    "601": ("Serviços de limpeza de escolas", "90910000-9", "Serviços de limpeza"),
    "602": ("Fornecimento de gás natural", "09123000-7", "Gás natural"),
}


def row(number, seller, text, day, **values):
    _, cpv, label = SOLD.get(seller, SOLD["600"])
    return {
        **dict.fromkeys(COLUMNS, ""),
        "id": str(number),
        "object": text,
        "buyer_nif": "500",
        "supplier_nif": seller,
        "supplier": f"Empresa {seller}",
        "published": day,
        "cpv": cpv,
        "cpv_label_pt": label,
        "place": "Portugal, Lisboa, Lisboa",
        **values,
    }


def history():
    return [
        row(number, seller, text, "2024-01-02")
        for number, (seller, (text, _, _)) in enumerate(SOLD.items())
    ]


def asked():
    return [
        row(10, "600", "Aquisição de etiquetas novas para garrafas", "2024-01-12"),
        row(11, "601", "Limpeza das escolas do concelho", "2024-01-12"),
        row(12, "600", "Etiquetas para garrafas de vinho", "2024-01-13"),  # an earlier text
        row(13, "601", "Limpeza urbana", "2024-01-13"),  # two words
        row(14, "999", "Etiquetas de um vendedor desconhecido", "2024-01-13"),
    ]


@pytest.fixture
def contracts(tmp_path):
    def write(rows):
        path = tmp_path / "contratos.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def evaluate(path, **options):
    out, err = StringIO(), StringIO()
    call_command(
        "evaluate_matching", str(path), since="2024-01-10", stdout=out, stderr=err, **options
    )
    return json.loads(out.getvalue()), err.getvalue()


def test_the_command_prints_one_line_of_figures(contracts):
    found, _ = evaluate(contracts([*history(), *asked()]))
    assert found.pop("seconds") > 0
    assert found == {
        "needs": 2,
        "hits@1": 1.0,
        "hits@5": 1.0,
        "hits@10": 1.0,
        "hits@20": 1.0,
        "mrr": 1.0,
    }
    assert not OfferDoc.objects.exists()
    assert not Match.objects.exists()


def test_rows_that_cannot_be_read_are_counted_and_left_out(contracts):
    found, said = evaluate(contracts([*history(), *asked(), row(20, "", "Sem vendedor", "2024")]))
    assert found["needs"] == 2
    assert "1 rows" in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "ayer"}, "--since must be a date"),
        ({"since": "2030-01-01"}, "No need is left"),
        ({"cap_per_code": 0}, "--cap-per-code"),
    ],
)
def test_wrong_options_are_told_in_a_sentence(contracts, options, message):
    path = contracts([*history(), *asked()])
    with pytest.raises(CommandError, match=message):
        call_command("evaluate_matching", str(path), **{"since": "2024-01-10", **options})


def test_a_missing_file_or_column_is_told_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        evaluate(tmp_path / "no.csv")
    short = tmp_path / "corto.csv"
    short.write_text("id,object\n1,x\n")
    with pytest.raises(CommandError, match="Columns missing"):
        evaluate(short)


def test_needs_are_new_texts_of_known_sellers_capped_per_code():
    rows = [parse_contract(cells) for cells in [*history(), *asked()]]
    parts = split(reversed(rows), since=SINCE, cap_per_code=20)
    assert [contract.id for contract in parts.asked] == ["10", "11"]
    many = [
        parse_contract(row(30 + n, "600", f"Etiquetas de cor {'abcdefgh'[n] * 4}", "2024-01-15"))
        for n in range(5)
    ]
    capped = split([*rows, *many], since=SINCE, cap_per_code=2)
    assert sum(contract.codes[0] == "22459000" for contract in capped.asked) == 2


def test_a_seller_that_is_not_ranked_counts_as_a_miss():
    assert summary([1, None, 4]) == {
        "needs": 3,
        "hits@1": 0.3333,
        "hits@5": 0.6667,
        "hits@10": 0.6667,
        "hits@20": 0.6667,
        "mrr": 0.4167,
    }

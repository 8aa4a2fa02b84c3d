"""Contract rows become offers of suppliers and needs of buyers."""

import datetime as dt
from decimal import Decimal

import pytest

from firms.contracts import (
    ContractRowError,
    Place,
    needs_from,
    offers_from,
    parse_contract,
    shorten,
    text_key,
)

ROW = {
    "id": "1",
    "contract_type": "Aquisição de bens móveis",
    "object": "Etiquetas &amp; rótulos<br>para  garrafas",
    "buyer_nif": "500",
    "buyer": "Município de Góis",
    "supplier_nif": "600",
    "supplier": "Gráfica, Lda.",
    "published": "2024-01-02",
    "price_eur": "120.50",
    "cpv": "22459000-2",
    "cpv_label_pt": "Bilhetes",
    "cpv_other": "30190000-7",
    "place": "Portugal, Coimbra, Góis | Portugal, Lisboa",
}


def contract(**changes):
    return parse_contract({**ROW, **changes})


def test_a_row_is_read_and_cleaned():
    row = contract()
    assert row.text == "Etiquetas & rótulos para garrafas"
    assert row.codes == ("22459000", "30190000")
    assert row.price == Decimal("120.50")
    assert row.places == (Place("Portugal", "Coimbra", "Góis"), Place("Portugal", "Lisboa"))
    assert row.is_goods


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("id", "", "empty"),
        ("object", " <br> ", "empty"),
        ("supplier_nif", "", "empty"),
        ("published", "2024-13-01", "date"),
        ("price_eur", "mucho", "price"),
        ("price_eur", "NaN", "price"),
        ("price_eur", "-1", "price"),
        ("cpv", "2245900", "cpv"),
    ],
)
def test_an_unreadable_row_says_why(column, value, reason):
    with pytest.raises(ContractRowError) as caught:
        contract(**{column: value})
    assert caught.value.reason == reason


def test_a_seller_has_one_offer_per_kind_of_thing():
    rows = [
        contract(),
        contract(id="2", object="Etiquetas de cartão", published="2024-01-05"),
        contract(id="3", object="etiquetas de cartão", published="2024-01-06"),
        contract(id="4", cpv="90910000-9", cpv_label_pt="Serviços de limpeza"),
    ]
    labels, cleaning = offers_from(rows)
    assert (labels.group, cleaning.group) == ("224", "909")
    assert labels.title == "Bilhetes"
    assert labels.description.splitlines() == [
        "etiquetas de cartão",
        "Etiquetas & rótulos para garrafas",
    ]
    assert labels.contracts == 3
    assert labels.last_published == dt.date(2024, 1, 6)
    assert offers_from(reversed(rows)) == offers_from(rows)


def test_a_buyer_has_one_need_per_distinct_text():
    rows = [contract(id="2", published="2024-01-09"), contract(), contract(id="3", buyer_nif="9")]
    assert [(need.contract_id, need.buyer_id) for need in needs_from(rows)] == [
        ("1", "500"),
        ("3", "9"),
    ]


def test_a_long_object_is_cut_for_the_title_and_kept_in_full():
    need = needs_from([contract(object="palabra " * 60)])[0]
    assert len(need.title) <= 160
    assert need.title.endswith("palabra…")
    assert len(need.description) > 400


def test_texts_that_differ_in_case_or_number_are_the_same():
    assert text_key("Lote 3: Gás, 2024") == text_key("LOTE 4 - gás")
    assert shorten("uno", 3) == "uno"

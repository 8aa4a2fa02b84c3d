"""What a sentence says in passing, in three languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.hearing import Flow, Heard, Quantity, hear

TODAY = dt.date(2026, 11, 24)


def heard(text: str) -> Heard:
    return hear(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("Etiquetas para 8.000 botellas de vino", 8_000, "botellas"),
        ("Preciso de 10 mil garrafas de vidro", 10_000, "garrafas"),
        ("We need 5,000 labels by March", 5_000, "labels"),
        ("dos millones de etiquetas", 2_000_000, "etiquetas"),
        ("1,5 toneladas de uva a la semana", 1.5, "toneladas"),
        ("Transporte de tres contenedores refrigerados", 3, "contenedores"),
        ("Auditoría ISO 9001 para 12 plantas", 12, "plantas"),
        ("em 2 semanas, 300 kg de mel", 300, "kg"),
    ],
)
def test_an_amount_is_heard_with_its_word(text: str, amount: float, unit: str) -> None:
    assert heard(text).quantity == Quantity(amount, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Laboratorio a 50 km, en 2 semanas",
        "Certificación ISO 9001 para marzo de 2027",
        "Un laboratorio de suelos",
        "Presupuesto de $5.000.000 o 3 mil dólares",
        "Entrega el 15 de marzo",
        "",
    ],
)
def test_distances_times_prices_and_norms_are_no_amounts(text: str) -> None:
    assert heard(text).quantity is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Etiquetas antes de enero", "2026-12-31"),
        ("Etiquetas para marzo", "2027-03-31"),
        ("rótulos até março", "2027-03-31"),
        ("labels before March 2028", "2028-02-29"),
        ("labels by February", "2027-02-28"),
        ("para el 15 de enero", "2027-01-15"),
        ("até 3 de dezembro", "2026-12-03"),
        ("by March 3rd", "2027-03-03"),
        ("entrega 05/12", "2026-12-05"),
        ("entrega 2027-02-01", "2027-02-01"),
        ("dentro de tres semanas", "2026-12-15"),
        ("em 10 dias", "2026-12-04"),
        ("within two months", "2027-01-23"),
        ("antes de fin de año", "2026-12-31"),
        ("antes de noviembre", "2027-10-31"),
        ("el próximo mes", "2026-12-31"),
    ],
)
def test_days_are_heard_as_people_say_them(text: str, day: str) -> None:
    assert heard(text).deliver_by == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["Molino de trigo", "el 31 de febrero", "contrato por 3 meses", "1/2 pulgada 45/99", "it may"],
)
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    day = heard(text).deliver_by
    assert day is None or text.startswith("1/2")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Urgente: reparación de bomba", "now"),
        ("Preciso o quanto antes de um eletricista", "now"),
        ("Need a welder ASAP", "now"),
        ("No es urgente, para marzo", "year"),
        ("etiquetas antes de fin de año", "quarter"),
        ("etiquetas en 2 semanas", "now"),
        ("para agosto", "year"),
        ("sin apuro, viendo opciones", "exploring"),
        ("Etiquetas para vino", ""),
    ],
)
def test_how_soon_is_heard_in_words_or_by_the_day(text: str, urgency: str) -> None:
    assert heard(text).urgency == urgency


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("Necesito etiquetas", Flow.PAY),
        ("Ofrecemos análisis de suelos", Flow.SELL),
        ("Looking for distributors of olive oil", Flow.SELL),
        ("Procuramos parceiros para exportar mel juntos", Flow.TOGETHER),
        ("Universidad que quiera investigar levaduras", Flow.RESEARCH),
        ("Desarrollar un prototipo de sensor", Flow.RESEARCH),
    ],
)
def test_which_way_the_money_flows_is_guessed(text: str, flow: Flow) -> None:
    assert heard(text).flow is flow


def test_everyday_words_only_hint_at_certificates() -> None:
    found = heard("vino orgánico, laboratorio acreditado, papel certificado").hinted
    assert found == ("organic-national", "organic-eu", "organic-usda", "iso-17025", "fsc", "pefc")
    assert heard("organização de eventos").hinted == ()


@pytest.mark.parametrize("text", ["a 50 km", "em até 50 quilômetros", "within 50 kilometers"])
def test_distances_are_heard(text: str) -> None:
    assert heard(text).km == 50


@given(st.text(max_size=200), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_any_text_is_read_and_no_day_has_passed(text: str, today: dt.date) -> None:
    found = hear(text, today=today)
    assert found.deliver_by is None or found.deliver_by >= today
    assert found.quantity is None or found.quantity.amount > 0


@given(st.integers(1, 999_999), st.sampled_from(["botellas", "garrafas", "labels"]))
def test_numbers_are_read_with_and_without_separators(number: int, unit: str) -> None:
    for written in (f"{number}", f"{number:,}", f"{number:,}".replace(",", ".")):
        assert heard(f"Necesito {written} {unit} nuevas").quantity == Quantity(number, unit)

"""Reasons as sentences: what is said, and what is left unsaid."""

import pytest

from matching.engine.reasons import Reason
from matching.services.results import GateStep, Relaxation
from matching.words import Phrasebook, gate_text, relaxation_text

BOOK = Phrasebook(
    classifications={("cpv2008", "22459100"): "Etiquetas", ("isic4", "18"): "Impresión"},
    certificates={1: "FSC", 2: "ISO 9001", 3: "HACCP"},
    clusters={7: "Vino de Colchagua"},
)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason(
                "same_classification",
                {"scheme": "cpv2008", "entry": "22459100", "level": 5, "exact": True},
            ),
            "Ofrece justo eso: Etiquetas (CPV 22459100)",
        ),
        (
            Reason(
                "same_classification",
                {"scheme": "isic4", "entry": "18", "level": 2, "exact": False},
            ),
            "Trabaja en el mismo rubro: Impresión",
        ),
        (Reason("terms", {"terms": ["etiquetas"]}), "Su oferta habla de etiquetas"),
        (
            Reason("terms", {"terms": ["etiquetas", "vino", "papel"]}),
            "Su oferta habla de etiquetas, vino y papel",
        ),
        (
            Reason("covers_place", {"rule": "radius", "km": 120, "distance_km": 41.4}),
            "Atiende hasta 120 km y usted está a 41 km",
        ),
        (Reason("covers_place", {"rule": "national"}), "Atiende en todo el país"),
        (Reason("near", {"distance_km": 0.2}), "Está en el mismo lugar"),
        (Reason("near", {"distance_km": 14.2}), "Está a 14 km"),
        (Reason("far", {"distance_km": 320}), "Está a 320 km"),
        (
            Reason("holds_certificates", {"ids": [1, 2]}),
            "Tiene vigente FSC y ISO 9001, como usted pidió",
        ),
        (Reason("same_cluster", {"ids": [7]}), "Está en su mismo clúster: Vino de Colchagua"),
        (Reason("wanted_size", {"size": "small"}), "Tiene el tamaño que prefiere: pequeña"),
        (Reason("fresh", {"days": 1}), "Publicada hace 1 día"),
        (Reason("fresh", {"days": 3}), "Publicada hace 3 días"),
        (Reason("old", {"days": 200}), "Sin novedades desde hace 200 días"),
    ],
)
def test_a_reason_is_said_in_words_and_numbers(reason: Reason, sentence: str) -> None:
    assert BOOK.sentence(reason) == sentence


@pytest.mark.parametrize(
    "reason",
    [
        Reason("same_classification", {"scheme": "cpv2008", "entry": "99999999", "exact": True}),
        Reason("holds_certificates", {"ids": [99]}),
        Reason("same_cluster", {"ids": [8]}),
        Reason("terms", {"terms": []}),
        Reason("near", {}),
        Reason("a_code_of_a_later_engine", {}),
    ],
)
def test_what_the_reader_may_not_see_or_we_do_not_know_is_not_said(reason: Reason) -> None:
    assert BOOK.sentence(reason) == ""


def test_a_gate_of_a_later_engine_keeps_its_code() -> None:
    assert gate_text(GateStep("covers_place", 61, 779)) == "atienden ese lugar"
    assert gate_text(GateStep("unheard_of", 1, 0)) == "unheard_of"


def test_a_relaxation_counts_who_would_enter() -> None:
    assert (
        relaxation_text(Relaxation("certificates", 1))
        == "Si no exige certificados, entraría 1 organización más."
    )
    assert relaxation_text(Relaxation("within_reach", 15)).endswith(
        "entrarían 15 organizaciones más."
    )
    assert relaxation_text(Relaxation("score", 15)) == ""

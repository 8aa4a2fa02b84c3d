"""Text to codes: the artifact is what it says, scoring is stable, the evaluation counts right."""

import csv
import hashlib
import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.grams import BUCKETS, stump_buckets, tokens, views
from matching.services.classification_evaluation import CannotReadGold, read_gold
from matching.services.classifier import ARTIFACT, classifier, rank_codes

MAX_BYTES = 5_000_000


def best(text):
    return rank_codes(text, model=classifier())


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("servicio de limpieza de oficinas", "90"),
        ("serviços de limpeza de escritórios", "90"),
        ("office cleaning services", "90"),
        ("suministro de equipos informáticos", "30"),
        ("seguro automóvel da frota municipal", "66"),
        ("obras de reforma del colegio público", "45"),
        ("fornecimento de refeições escolares", "55"),
        ("adquisición de medicamentos para el hospital", "33"),
    ],
)
def test_plain_texts_find_their_division_in_three_languages(text, division):
    assert best(text).divisions[0] == division


def test_the_very_words_of_a_label_find_its_code():
    assert best("Servicios de limpieza de oficinas").codes[0] == "90919200"
    assert best("Vinos").codes[0].startswith("1593")


def test_the_artifact_is_small_and_the_one_its_provenance_names():
    told = json.loads(ARTIFACT.with_suffix(".json").read_text(encoding="utf-8"))
    data = ARTIFACT.read_bytes()
    assert len(data) == told["bytes"] <= MAX_BYTES
    assert hashlib.sha256(data).hexdigest() == told["sha256"]
    labels = Path("data/classifications/cpv2008.csv").read_bytes()
    assert told["sources"]["cpv2008.csv"] == hashlib.sha256(labels).hexdigest()


def test_every_code_is_one_of_the_scheme():
    with Path("data/classifications/cpv2008.csv").open(encoding="utf-8") as lines:
        known = {row["code"] for row in csv.DictReader(lines)}
    assert set(classifier().codes) == known


def test_pieces_of_a_text_fall_in_the_same_buckets_everywhere():
    assert {view: found.tolist()[:3] for view, found in views("Año café").items()} == {
        "word": [115800, 42663, 191741],
        "piece": [232880, 192101, 115260],
        "head": [58955, 109147, 64543],
    }


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "¿¡!?", "日本語", "zzzqqq 123", "🍇" * 50])
def test_garbage_gets_ten_answers_and_no_error(text):
    found = best(text)
    assert len(found.divisions) == 10
    assert len(found.codes) == 10


def test_a_very_long_text_is_read_from_its_beginning():
    text = "servicio de limpieza de oficinas " + "x" * 2_000_000
    assert best(text).divisions[0] == "90"
    assert len(tokens("palabra " * 100_000)) == 400


@given(st.text(max_size=300))
def test_any_text_scores_finite_and_the_same_twice(text):
    model = classifier()
    chances = model.division_chances(text)
    assert np.isfinite(chances).all()
    assert chances.sum() == pytest.approx(1)
    assert np.array_equal(chances, model.division_chances(text))
    assert np.isfinite(model.code_scores(text)).all()
    assert all(0 <= bucket < BUCKETS for bucket in stump_buckets(text).tolist())


def test_gold_is_read_as_divisions_or_codes_with_or_without_check_digit():
    gold = read_gold(" 90911200-8 | 45000000|31 ")
    assert gold is not None
    assert gold.divisions == {"90", "45", "31"}
    assert gold.codes == {"90911200", "45000000"}
    assert read_gold(" | ") is None


@pytest.mark.parametrize("cell", ["9", "909", "90911200-", "limpieza", "90,45"])
def test_gold_that_is_no_code_is_refused(cell):
    with pytest.raises(CannotReadGold):
        read_gold(cell)


@pytest.fixture
def table(tmp_path):
    def write(header, *rows):
        path = tmp_path / "textos.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([header, *rows])
        return path

    return write


def evaluate(path, *options):
    out = StringIO()
    call_command("evaluate_classification", str(path), *options, stdout=out)
    assert out.getvalue().count("\n") == 1
    return json.loads(out.getvalue())


def test_shares_are_those_counted_by_hand(table):
    path = table(
        ("descripcion", "cpv_divisions"),
        ("servicio de limpieza de oficinas", "45|90"),  # first
        ("servicio de limpieza de edificios", "90"),  # first
        ("limpieza de oficinas", "03"),  # not among ten
        ("suministro de medicamentos", "33"),  # first
        ("sin respuesta", ""),  # left out
    )
    found = evaluate(path, "--scheme", "cpv")
    assert found.pop("seconds") >= 0
    assert found == {
        "n": 4,
        "division@1": 0.75,
        "division@10": 0.75,
        "exact@1": None,
        "exact@10": None,
    }


def test_exact_shares_are_of_the_rows_that_hold_codes(table):
    path = table(
        ("object", "cpv"),
        ("Serviços de limpeza de escritórios", "90919200-4"),
        ("Serviços de limpeza de escritórios", "03000000"),
        ("Serviços de limpeza de escritórios", "90"),
    )
    found = evaluate(path, "--column", "object", "--gold", "cpv")
    assert (found["n"], found["division@1"]) == (3, 0.6667)
    assert (found["exact@1"], found["exact@10"]) == (0.5, 0.5)


def test_what_cannot_be_read_is_said_plainly(table, tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        evaluate(tmp_path / "no.csv")
    with pytest.raises(CommandError, match=r"Columns missing.*cpv_divisions"):
        evaluate(table(("descripcion",), ("limpieza",)))
    with pytest.raises(CommandError, match=r"must be divisions \(2 digits\).*'textil'"):
        evaluate(table(("descripcion", "cpv_divisions"), ("limpieza", "textil")))
    with pytest.raises(CommandError, match="No row"):
        evaluate(table(("descripcion", "cpv_divisions"), ("", "90")))
    short = table(("descripcion", "cpv_divisions"), ("limpieza",))
    with pytest.raises(CommandError, match="No row"):
        evaluate(short)
    broken = tmp_path / "roto.npz"
    broken.write_bytes(b"no")
    with pytest.raises(CommandError, match="Cannot read the model"):
        evaluate(table(("descripcion", "cpv_divisions"), ("x", "90")), "--model", str(broken))

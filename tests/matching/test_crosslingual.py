"""The command that measures likeness across languages."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from matching.services.crosslingual import evaluate
from matching.services.lexicon import shipped_translations

COMMAND = "evaluate_crosslingual"


def _file(folder: Path, text: str) -> str:
    path = folder / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_shipped_labels_teach_words() -> None:
    taught = {(t.source, t.target) for t in shipped_translations("es", "en")}
    assert {("aceit", "oil"), ("maquin", "machin")} <= taught


def test_labels_that_taught_nothing_find_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ("Botellas de vidrio para vino", "Garrafas de vidro para vinho", "Glass bottles for wine"),
        ("Tapones de corcho", "Rolhas de cortiça", "Cork stoppers"),
        ("Máquinas para etiquetar", "Máquinas para rotular", "Labeling machines"),
        ("Aceite de oliva virgen", "Azeite de oliva virgem", "Virgin olive oil"),
    ]
    lines = ["es,pt,en", *(",".join(row) for row in rows)]
    call_command(COMMAND, _file(tmp_path, "\n".join(lines)), source="es", target="en")
    found = json.loads(capsys.readouterr().out)
    assert {k: found[k] for k in ("source", "target", "labels", "candidates")} == {
        "source": "es",
        "target": "en",
        "labels": 4,
        "candidates": 4,
    }
    assert found["hits@10"] == 1.0
    assert found["hits@1"] == 1.0
    assert found["mrr"] == 1.0


def test_figures_are_counted_by_rank_and_a_tie_proves_nothing() -> None:
    pairs = [("qqqqq", "wwwww"), ("rrrrr", "rrrrr"), ("zzzzz", "vvvvv")]
    found = evaluate(pairs, source="es", target="pt")
    # two of three are like nothing: all three labels tie with 0, which counts as rank 3
    assert (found.labels, found.candidates) == (3, 3)
    assert found.hits_1 == pytest.approx(1 / 3)
    assert found.hits_10 == 1.0
    assert found.mrr == pytest.approx((1 / 3 + 1 + 1 / 3) / 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [("es,en\na,b\n", "no column pt"), ("es,pt\n,b\n", "no row"), ("", "no column")],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command(COMMAND, _file(tmp_path, text), source="es", target="pt")


def test_a_missing_file_and_one_language_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command(COMMAND, str(tmp_path / "none.csv"), source="es", target="pt")
    with pytest.raises(CommandError, match="two languages"):
        call_command(COMMAND, _file(tmp_path, "es\n"), source="es", target="es")

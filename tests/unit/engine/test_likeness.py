"""Likeness of short texts across languages."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.lexicon import Translation
from matching.engine.likeness import LabelLikeness, Lexicon

LEXICON = Lexicon.of([Translation("botell", "bottl", 0.9), Translation("vidri", "glass", 0.8)])
LABELS = ["Glass bottles", "Steel tubes", "Grape must"]


def test_a_translated_label_is_found_without_a_shared_word() -> None:
    index = LabelLikeness.build(LABELS, "en")
    (scores,) = index.scores(["Botellas de vidrio"], "es", LEXICON)
    assert int(np.argmax(scores)) == 0
    assert scores[0] > 0.5 > scores[1]


def test_cognates_are_found_without_a_lexicon() -> None:
    index = LabelLikeness.build(["Tubos de aço", "Garrafas", "Mosto de uvas"], "pt")
    (scores,) = index.scores(["Mosto de uva"], "es", Lexicon.of([]))
    assert int(np.argmax(scores)) == 2


def test_a_text_of_unknown_words_is_like_nothing() -> None:
    index = LabelLikeness.build(LABELS, "en")
    scores = index.scores(["", "¿¡ 123 !?", "zzzz qqqq"], "es", LEXICON)
    assert scores.shape == (3, 3)
    assert float(np.abs(scores).max()) == 0.0


def test_a_stem_with_two_ways_to_a_word_takes_the_surer() -> None:
    lexicon = Lexicon.of([Translation("caj", "box", 0.4), Translation("caxa", "box", 0.7)])
    assert lexicon.translate(["caj", "caxa", "inox"]) == {"box": 0.7, "inox": 1.0}


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.text(max_size=40))
def test_likeness_lies_between_0_and_1_and_is_always_the_same(labels: list[str], text: str) -> None:
    scores = LabelLikeness.build(labels, "en").scores([text], "es", LEXICON)
    assert np.all(scores >= 0)
    assert np.all(scores <= 1 + 1e-9)
    again = LabelLikeness.build(labels, "en").scores([text], "es", LEXICON)
    assert scores.tobytes() == again.tobytes()


def test_order_of_labels_does_not_change_their_likeness() -> None:
    text = ["Botellas de vidrio"]
    forward = LabelLikeness.build(LABELS, "en").scores(text, "es", LEXICON)[0]
    backward = LabelLikeness.build(LABELS[::-1], "en").scores(text, "es", LEXICON)[0]
    assert np.allclose(forward, backward[::-1])

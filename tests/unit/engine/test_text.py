"""Words, stems, ids and languages."""

import pytest

from matching.engine.bm25 import document_weights, rarity
from matching.engine.labels import LabelIndex
from matching.engine.lexicon import Expansion, learn
from matching.engine.rules import TextRules
from matching.engine.text import (
    Field,
    detect_language,
    length_of,
    stem,
    stems,
    term_frequencies,
    term_id,
    term_words,
    words,
)

ETIQUET = 2_080_323_974  # stored in every index: a new value would orphan them all


def test_words_keep_letters_and_drop_bare_numbers():
    assert words("Etiquetas 100% ISO9001, tamaño A4 (2024)") == [
        "etiquetas",
        "iso9001",
        "tamaño",
        "a4",
    ]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "etiquetas", "etiqueta"),
        ("es", "fabricación", "fabricaciones"),
        ("pt", "garrafas", "garrafa"),
        ("pt", "limpeza", "limpezas"),
        ("en", "bottles", "bottling"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


def test_stop_words_have_no_stem():
    assert stems("Necesito etiquetas para las botellas", "es") == ["etiquet", "botell"]
    assert stems("Preciso de garrafas", "pt") == ["garraf"]
    assert stems("We need bottles", "en") == ["bottl"]


def test_ids_are_stable_and_positive():
    assert term_id("etiquet") == ETIQUET
    assert 0 < term_id("botell") < 2**31


def test_fields_count_by_their_weight():
    fields = [Field("etiqueta etiquetas", 2.0), Field("etiqueta etiqueta", 0.5, once=True)]
    counts = term_frequencies(fields, "es")
    assert counts == {term_id("etiquet"): 4.5}
    assert length_of(counts) == 4.5


def test_people_are_shown_their_own_words():
    assert term_words("Etiquetas y ETIQUETA", "es") == {term_id("etiquet"): "etiquetas"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Necesito etiquetas autoadhesivas para botellas de vino", "es"),
        ("Busco quien repare bombas de riego en Cartago", "es"),
        ("Preciso de rótulos autoadesivos para garrafas de vinho", "pt"),
        ("Procuramos fornecedor de embalagens para exportação", "pt"),
        ("We need self-adhesive labels for wine bottles", "en"),
        ("looking for cold storage near the port", "en"),
        ("ISO 9001", None),
        ("", None),
    ],
)
def test_a_sentence_tells_its_language(text, language):
    assert detect_language(text) == language


def test_a_document_weight_grows_with_frequency_and_falls_with_length():
    rules = TextRules(k1=1.0, b=0.5)
    rare = document_weights({1: 1.0, 2: 9.0}, 10.0, rules)
    assert rare[1] == pytest.approx(1.0)
    assert rare[1] < rare[2] < rules.k1 + 1
    assert document_weights({1: 1.0, 2: 19.0}, 10.0, rules)[1] < rare[1]


def test_a_word_is_worth_more_the_fewer_use_it():
    assert rarity(1, 10_000) > rarity(100, 10_000) > rarity(9_999, 10_000) > 0
    assert rarity(5, 5) > 4


def test_aligned_labels_teach_which_stem_is_which():
    es = ["botellas de vino", "botellas de agua", "vino tinto", "agua mineral", "vino blanco"]
    pt = ["garrafas de vinho", "garrafas de água", "vinho tinto", "água mineral", "vinho branco"]
    pairs = list(zip(es, pt, strict=True))
    found = {(t.source, t.target): t.probability for t in learn(pairs, "es", "pt")}
    assert found["vin", "vinh"] > 0.9
    assert found["botell", "garraf"] > 0.5
    assert learn(pairs, "es", "pt") == learn(pairs, "es", "pt")
    assert learn([], "es", "pt") == []


def test_an_expansion_leaves_out_what_is_spelled_alike():
    known = Expansion.build([("vin", "vinh", 0.9), ("etiquet", "etiquet", 0.8)])
    assert known.of(term_id("vin")) == ((term_id("vinh"), 0.9),)
    assert known.of(term_id("etiquet")) == ()


def test_labels_are_found_by_their_own_words_first():
    labels = [
        ("Etiquetas autoadhesivas", "Papelería"),
        ("Papelería", "Oficina"),
        ("Vino", "Bebidas"),
    ]
    scores = LabelIndex.build(labels, "es").scores("etiqueta de papelería para vinos")
    assert scores.argmax() == 0
    assert (scores > 0).all()
    assert LabelIndex.build([], "es").scores("vino").tolist() == []

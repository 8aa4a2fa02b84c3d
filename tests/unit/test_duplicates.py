"""The comparison of two records: symmetric, monotone, between 0 and 1, in one order."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firms.duplicates import FEATURES, Features, RecordFacts, facts_digest, features_of, judge
from firms.duplicates.hosts import own_host
from firms.duplicates.scoring import score_of

# how long a busy machine takes to draw says nothing of the comparison
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = ["viña", "santa", "cruz", "andes", "universidad", "nacional", "sur", "s.a.", "ltda"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
SPOTS = st.tuples(st.floats(-75, -35), st.floats(-55, 12))
NUMBERS = st.tuples(st.sampled_from(["CL-RUT", "XI-ROR"]), st.sampled_from(["1", "2", "3"]))
HOSTS = st.frozensets(st.sampled_from(["uda.edu.ar", "vina.cl"]), max_size=2)


@st.composite
def records(draw: st.DrawFn, country: str = "") -> RecordFacts:
    return RecordFacts(
        id=draw(st.integers(1, 10_000)),
        country=country or draw(st.sampled_from(["CL", "AR"])),
        kind=draw(st.sampled_from(["firm", "university", "ngo", "otra"])),
        names=tuple(draw(st.lists(NAMES, min_size=0, max_size=2))),
        acronym=draw(st.sampled_from(["", "UDA", "santa cruz"])),
        numbers=draw(st.frozensets(NUMBERS, max_size=2)),
        hosts=draw(HOSTS),
        emails=draw(st.frozensets(st.sampled_from(["a@vina.cl"]), max_size=1)),
        spots=tuple(draw(st.lists(SPOTS, max_size=2))),
    )


VALUES = st.none() | st.floats(0, 1)
FEATURE_SETS = st.builds(Features, **dict.fromkeys(FEATURES, VALUES))


@patient
@given(records(), records())
def test_the_order_of_the_pair_changes_nothing(one: RecordFacts, other: RecordFacts) -> None:
    assert features_of(one, other) == features_of(other, one)
    assert facts_digest(one, other) == facts_digest(other, one)
    if one.id != other.id:
        assert judge(one, other) == judge(other, one)


@patient
@given(records(), records())
def test_every_feature_and_score_lies_between_zero_and_one(
    one: RecordFacts, other: RecordFacts
) -> None:
    features = features_of(one, other)
    values = [getattr(features, name) for name in FEATURES]
    assert all(value is None or 0 <= value <= 1 for value in values)
    assert 0 <= judge(one, other).score <= 1


@patient
@given(FEATURE_SETS, st.sampled_from(FEATURES), st.floats(0, 1), st.floats(0, 1))
def test_what_speaks_more_for_identity_never_lowers_the_score(
    features: Features, name: str, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert score_of(replace(features, **{name: low})) <= score_of(replace(features, **{name: high}))


@patient
@given(records(country="CL"))
def test_a_record_is_like_itself(record: RecordFacts) -> None:
    features = features_of(record, record)
    known = [getattr(features, name) for name in FEATURES if name != "near"]
    assert all(value in (None, 1.0) for value in known)


@patient
@given(st.lists(records(country="CL"), min_size=3, max_size=6, unique_by=lambda r: r.id))
def test_the_order_of_pairs_is_total(rows: list[RecordFacts]) -> None:
    pairs = [judge(a, b) for a in rows for b in rows if a.id < b.id]
    keys = [pair.order() for pair in pairs]
    assert len(set(keys)) == len(keys)


def test_records_of_two_countries_are_never_one() -> None:
    record = RecordFacts(1, "CL", "firm", ("Viña Sur",))
    assert judge(record, replace(record, id=2, country="AR")).score == 0


def pair(name: str, other: str, **facts: object) -> float:
    one = RecordFacts(1, "CL", "firm", (name,))
    return judge(replace(one, **facts), replace(one, id=2, names=(other,), **facts)).score


def test_different_tax_numbers_outweigh_one_name() -> None:
    one = RecordFacts(1, "CL", "firm", ("Viña Sur",), numbers=frozenset({("CL-RUT", "1")}))
    other = replace(one, id=2, numbers=frozenset({("CL-RUT", "2")}))
    same = replace(other, numbers=frozenset({("CO-NIT", "1")}))
    assert judge(one, other).score < 0.5 < judge(one, same).score


def test_branches_of_one_brazilian_number_are_one() -> None:
    one = RecordFacts(1, "BR", "firm", ("A",), numbers=frozenset({("BR-CNPJ", "16727230000197")}))
    other = replace(one, id=2, numbers=frozenset({("BR-CNPJ", "16727230000278")}))
    assert features_of(one, other).number == 1
    assert judge(one, replace(other, names=("Otra",))).score >= 0.9


def test_names_that_go_apart_in_the_telling_word_are_not_alike() -> None:
    apart = pair("Universidad Nacional de Córdoba", "Universidad Nacional de Tucumán")
    same = pair("Universidad Nacional de Córdoba", "Univ. Nacional de Cordoba")
    assert apart < 0.1 < same


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.uda.edu.ar/sede?x=1", "uda.edu.ar"),
        ("http://ing.uchile.cl", "uchile.cl"),
        ("ventas@mail.vina.com.br", "vina.com.br"),
        ("https://www.facebook.com/vina", ""),
        ("vina@gmail.com", ""),
        ("https://vina.wixsite.com/inicio", ""),
        ("sin nada", ""),
        ("", ""),
    ],
)
def test_hosts_that_anyone_may_have_tell_nothing(address: str, host: str) -> None:
    assert own_host(address) == host


def test_reasons_name_what_was_compared() -> None:
    one = RecordFacts(
        1, "CL", "firm", ("Viña Sur",), hosts=frozenset({"v.cl"}), spots=((-71.0, -34.0),)
    )
    reasons = judge(one, replace(one, id=2)).reasons
    by_feature = {reason["feature"]: reason for reason in reasons}
    assert by_feature["host"]["host"] == "v.cl"
    assert by_feature["near"]["km"] == 0
    strength = [abs(float(reason["says"])) for reason in reasons]
    assert strength == sorted(strength, reverse=True)

"""Laws that hold for any criteria and any facts."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from programs.eligibility.answers import Answer
from programs.eligibility.evaluate import assess
from programs.eligibility.facts import Activity, Fact, Facts, Held, Place
from tests.unit.eligibility.make import SELF, TODAY, node

U = Answer.UNKNOWN
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
SIZES = ("micro", "small", "medium", "large")
PLACES = ("CL/CL-LI", "CL/CL-RM", "PE/PE-LIM", "CL", "PE")
BRANCHES = ("C/11/110", "C/10", "J/62", "C", "J")
QUESTIONS = ("a", "b", "c")
SPANS = st.builds("P{}{}".format, st.integers(1, 30), st.sampled_from("DMY"))


def paths(options):
    return st.lists(st.sampled_from(options), min_size=1, max_size=3)


SIMPLE = st.one_of(
    st.tuples(st.just("applicant_kind"), st.just({"kinds": ["firm"]})),
    st.tuples(st.just("size_class"), st.fixed_dictionaries({"sizes": paths(SIZES)})),
    st.tuples(
        st.just("territory"),
        st.fixed_dictionaries(
            {"units": paths(PLACES), "where": st.sampled_from(("any_site", "headquarters"))}
        ),
    ),
    st.tuples(
        st.just("activity"),
        st.fixed_dictionaries({"activities": paths(BRANCHES)}, optional={"min_age": SPANS}),
    ),
    st.tuples(
        st.just("years_since_start"),
        st.fixed_dictionaries({"min": SPANS, "clock": st.sampled_from(("started", "founded"))}),
    ),
    st.tuples(st.just("years_since_start"), st.fixed_dictionaries({"under": SPANS})),
    st.tuples(st.just("women_led"), st.just({})),
    st.tuples(st.just("certificate_held"), st.just({"standards": ["iso-9001", "haccp"]})),
    st.tuples(st.just("declared"), st.fixed_dictionaries({"question": st.sampled_from(QUESTIONS)})),
)
LEAVES = st.builds(lambda pair, no: node(1, pair[0], pair[1], no), SIMPLE, st.booleans())


def combined(children):
    parts = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda c, no: node(2, "all_of", {}, no, c), parts, st.booleans()),
        st.builds(lambda c, no: node(3, "any_of", {}, no, c), parts, st.booleans()),
        st.builds(lambda c, k: node(4, "k_of_n", {"k": k}, False, c), parts, st.integers(1, 3)),
    )


CRITERIA = st.lists(st.recursive(LEAVES, combined, max_leaves=6), min_size=1, max_size=3)


def known(strategy):
    return st.builds(Fact, strategy, st.just(SELF))


def tuples(strategy):
    return st.lists(strategy, min_size=1, max_size=3).map(tuple)


PLACE = st.builds(
    Place, st.sampled_from(PLACES).map(lambda text: tuple(text.split("/"))), st.booleans()
)
ACTIVITY = st.builds(
    Activity,
    st.sampled_from(BRANCHES).map(lambda text: tuple(text.split("/"))),
    st.booleans(),
    st.none() | DAYS,
)
HELD = st.builds(lambda a, b: Held(min(a, b), max(a, b)), DAYS, DAYS) | st.just(Held())
FULL = st.builds(
    Facts,
    kind=known(st.sampled_from(("firm", "university"))),
    places=known(tuples(PLACE)),
    sizes=known(st.sampled_from(SIZES).map(lambda size: (size,))),
    activities=known(tuples(ACTIVITY)),
    started_on=known(DAYS),
    founded_on=known(DAYS),
    women_led=known(st.booleans()),
    certificates=st.fixed_dictionaries({c: known(tuples(HELD)) for c in ("iso-9001", "haccp")}),
    declarations=st.fixed_dictionaries({q: known(st.booleans()) for q in QUESTIONS}),
)


@st.composite
def with_less_known(draw):
    """Draw facts, and the same facts with some of them forgotten or blurred."""
    full = draw(FULL)
    forgotten = draw(
        st.lists(st.sampled_from(("sizes", "activities", "started_on", "founded_on", "women_led")))
    )
    less = replace(full, **dict.fromkeys(forgotten))
    blur = draw(st.booleans())
    sizes = tuple(sorted({*full.sizes.value, draw(st.sampled_from(SIZES))}))
    if blur and less.sizes:
        less = replace(less, sizes=Fact(sizes, SELF))
    if blur:
        broad = tuple(replace(place, path=place.path[:1]) for place in full.places.value)
        less = replace(less, places=Fact(broad, SELF))
    if blur and less.activities:
        vague = tuple(replace(a, path=a.path[:1], since=None) for a in full.activities.value)
        less = replace(less, activities=Fact(vague, SELF))
    for name in ("certificates", "declarations"):
        kept = draw(st.sets(st.sampled_from(sorted(getattr(full, name)))))
        less = replace(less, **{name: {key: getattr(full, name)[key] for key in kept}})
    return full, less


@settings(max_examples=200)
@given(CRITERIA, with_less_known(), DAYS)
def test_learning_a_fact_never_overturns_what_was_known(criteria, pair, on):
    full, less = pair
    before, after = assess(criteria, less, on), assess(criteria, full, on)
    assert before.answer in (U, after.answer)
    for old, new in zip(before.results, after.results, strict=True):
        assert old.answer in (U, new.answer)


@settings(max_examples=150)
@given(CRITERIA, with_less_known(), DAYS, st.integers(0, 1500))
def test_nothing_changes_before_the_day_announced(criteria, pair, on, later):
    _, known_facts = pair
    first = assess(criteria, known_facts, on)
    day = on + dt.timedelta(days=later)
    if first.next_change_on is None or day < first.next_change_on:
        again = assess(criteria, known_facts, day)
        assert [r.answer for r in again.results] == [r.answer for r in first.results]
    else:
        assert first.next_change_on > on


@given(CRITERIA, FULL, DAYS)
def test_the_order_of_criteria_changes_nothing(criteria, full, on):
    assert assess(criteria, full, on).answer is assess(criteria[::-1], full, on).answer


@given(SIMPLE, with_less_known(), DAYS)
def test_a_rule_and_its_opposite_never_agree(pair, facts_pair, on):
    for known_facts in facts_pair:
        yes = node(1, *pair).result(known_facts, on).answer
        no = node(1, *pair, True).result(known_facts, on).answer
        assert (yes is U) == (no is U)
        assert yes is U or yes is not no


def test_nothing_but_its_kind_and_country_need_be_known_of_an_organization():
    bare = Facts(kind=Fact("firm", SELF), places=Fact((Place(("CL",), True),), SELF))
    criteria = [node(1, "women_led", {}), node(2, "size_class", {"sizes": ["micro"]})]
    assert assess(criteria, bare, TODAY).answer is U

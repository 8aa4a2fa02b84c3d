"""Lists of choices are drawn as Django's templates draw them, and nothing gets out of them."""

from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from hypothesis import given
from hypothesis import strategies as st

from common.form_renderer import FormRenderer

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
FLAT = st.lists(st.tuples(TEXT, TEXT), max_size=5)
CHOICES = st.one_of(FLAT, st.lists(st.tuples(TEXT.filter(bool), FLAT), max_size=3))


@given(
    CHOICES,
    TEXT,
    st.dictionaries(st.sampled_from(["id", "class", "required"]), TEXT | st.booleans()),
)
def test_a_list_is_drawn_as_the_template_draws_it(
    choices: list[object], chosen: str, attrs: dict[str, object]
) -> None:
    for widget in (forms.Select(choices=choices), forms.SelectMultiple(choices=choices)):
        value = chosen if isinstance(widget, forms.SelectMultiple) is False else [chosen]
        ours = widget.render("x", value, attrs, renderer=FormRenderer())
        theirs = widget.render("x", value, attrs, renderer=DjangoTemplates())
        assert parse_html(ours) == parse_html(theirs)

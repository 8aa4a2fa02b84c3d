"""Rules that hold for every model, whoever adds it."""

import ast

import pytest
from django.apps import apps
from django.db import models
from factory.django import DjangoModelFactory

from tests import factories
from tests.conformance.source import APPS, python_files, strings, tree

ORDER = {app: height for height, app in enumerate(reversed(APPS))}
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in APPS]


def test_foreign_keys_point_to_the_same_layer_or_below() -> None:
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in OWN_MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in ORDER
        and ORDER[field.related_model._meta.app_label] > ORDER[model._meta.app_label]
    ]
    assert not upward


def constraint_names() -> list[str]:
    return sorted(c.name for model in OWN_MODELS for c in model._meta.constraints)


def violated_names() -> set[str]:
    """Collect the strings of each test file that breaks constraints by name."""
    files = [p for p in python_files("tests") if "violates(" in p.read_text(encoding="utf-8")]
    return set().union(*(strings(path) for path in files))


@pytest.mark.parametrize("name", constraint_names())
def test_a_test_violates_the_constraint(name: str) -> None:
    assert name in violated_names(), f"Write a test: with violates({name!r}): ..."


def test_constraints_are_unique_and_speak() -> None:
    """A constraint that a person can run into says so in their language."""
    names = constraint_names()
    assert len(names) == len(set(names))


def test_no_test_breaks_a_constraint_that_is_gone() -> None:
    called = {
        call.args[0].value
        for path in python_files("tests")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "violates"
        and isinstance(call.args[0], ast.Constant)
    }
    assert not called - set(constraint_names())


def factory_classes() -> list[type[DjangoModelFactory]]:
    base = DjangoModelFactory
    return [
        value
        for value in vars(factories).values()
        if isinstance(value, type) and issubclass(value, base) and value._meta.model is not None
    ]


@pytest.mark.parametrize("factory", factory_classes(), ids=lambda f: f.__name__)
def test_a_factory_gives_a_valid_row_without_arguments(db: None, factory: type) -> None:
    row = factory()
    row.full_clean(exclude=["password"])
    assert row.pk


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda m: m.__name__)
def test_a_model_says_what_it_means(model: type[models.Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_what_people_reach_by_an_address_has_an_opaque_one() -> None:
    leaking = [
        model.__name__
        for model in OWN_MODELS
        if hasattr(model, "get_absolute_url") and not _has_public_key(model)
    ]
    assert not leaking


def _has_public_key(model: type[models.Model]) -> bool:
    return bool({"public_id", "slug", "code"} & {f.name for f in model._meta.get_fields()})

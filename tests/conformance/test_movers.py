"""When two records become one, every row that names an organization follows, or says why not."""

from django.apps import apps
from django.db import models

from firms.models import Organization
from registry.movers import MOVERS
from tests.conformance.source import APPS

# "App.Model.field": why its rows need not follow; a mover is one line in <app>/services/movers.py.
STAYS: dict[str, str] = {}
KEYS = {
    f"{model._meta.label}.{field.name}"
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in APPS and not model._meta.proxy
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey) and field.related_model is Organization
}
MOVED = {f"{mover.model._meta.label}.{mover.path}" for mover in MOVERS}


def test_every_key_to_an_organization_has_a_mover_or_a_reason() -> None:
    assert not KEYS - MOVED - set(STAYS)


def test_no_mover_and_no_reason_is_left_over() -> None:
    direct = {name for name in MOVED if "__" not in name}
    assert not (direct | set(STAYS)) - KEYS
    assert not MOVED & set(STAYS)

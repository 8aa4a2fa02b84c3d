"""Migrating in a third of the time: a model's class is made again only when its columns change.

Django makes the class of a model, and those of all its neighbors, again for every index, constraint
and trigger that a migration adds. None of the three changes what a class can do: it is enough to
write them into its options. Only the tests' model database is made so; installations migrate
plainly, and `tests/bin` compares the tables of both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.migrations.state import ModelState, ProjectState

LISTS = ("indexes", "constraints", "triggers")


def _shape(state: ModelState) -> tuple[Any, ...]:
    """Return what the class of a model is made of, apart from the three lists."""
    options = {name: value for name, value in state.options.items() if name not in LISTS}
    fields = [(name, id(field)) for name, field in state.fields.items()]
    return fields, state.bases, state.managers, options


@contextmanager
def sparing_classes() -> Iterator[None]:
    """Spare the classes of models whose columns stay as they are."""
    render, reload = ModelState.render, ProjectState.reload_model

    def render_and_remember(self: ModelState, apps: Any) -> Any:
        model = render(self, apps)
        model._shape = _shape(self)
        return model

    def reload_unless_the_same(
        self: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        if not ("apps" in self.__dict__ and _has_listed(self, app_label, model_name)):
            reload(self, app_label, model_name, delay=delay)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ModelState, "render", render_and_remember)
        patch.setattr(ProjectState, "reload_model", reload_unless_the_same)
        yield


def _has_listed(project: ProjectState, app_label: str, model_name: str) -> bool:
    """Write the lists into the options of the class, if they are all that differs."""
    state = project.models[app_label, model_name.lower()]
    try:
        model = project.apps.get_model(app_label, model_name)
    except LookupError:
        return False
    if getattr(model, "_shape", None) != _shape(state):
        return False
    for name in LISTS:
        if name in state.options:
            setattr(model._meta, name, list(state.options[name]))
    return True

"""Hypothesis without a stopwatch: a busy machine is not a failing property."""

from hypothesis import settings

settings.register_profile("engine", deadline=None)
settings.load_profile("engine")

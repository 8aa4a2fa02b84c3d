"""Django application."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Registers the app under its own name."""

    name = "matching"

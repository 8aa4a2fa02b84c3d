"""Django application."""

from django.apps import AppConfig


class FirmsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "firms"

"""Django application."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Registers the app under its own name."""

    name = "common"

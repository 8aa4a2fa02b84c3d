"""Django application."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "programs"

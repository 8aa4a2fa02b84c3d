"""Django application."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "insights"

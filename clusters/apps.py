"""Django application."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Registers the app under its own name."""

    name = "clusters"

"""Django application."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the app under its own name."""

    name = "registry"

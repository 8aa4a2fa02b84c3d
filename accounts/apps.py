"""Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app under its own name."""

    name = "accounts"

"""Typed readers of the environment: a wrong value stops the start with a sentence."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or the default; without either, refuse to start."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or start with bin/up, which sets it).")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Read 1/0, true/false, yes/no, on/off in any case."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return default


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


@dataclass(frozen=True)
class Limits:
    """How long a session lives unused, and at all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Database:
    """Where PostgreSQL answers: a host name, or the folder of its unix socket."""

    name: str
    user: str
    password: str
    host: str
    port: str


def database(name: str) -> Database:
    """Read ``postgresql://user:password@host:port/name``; ``?host=/folder`` names a socket."""
    url = urlsplit(text(name))
    if url.scheme not in {"postgresql", "postgres", "postgis"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://")
    host = parse_qs(url.query).get("host", [unquote(url.hostname or "")])[0]
    return Database(
        name=unquote(url.path.lstrip("/")) or "racimo",
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        host=host,
        port=str(url.port or ""),
    )


def mail(name: str, default: str) -> dict[str, Any]:
    """Read where mail goes, as the arguments of ``django.core.mail.get_connection``.

    ``smtp://user:password@host:587`` (STARTTLS when there is a password), ``smtps://host:465``,
    ``file:///folder`` or ``console:``.
    """
    url = urlsplit(text(name, default))
    backend = "django.core.mail.backends"
    match url.scheme:
        case "console":
            return {"backend": f"{backend}.console.EmailBackend"}
        case "file":
            return {"backend": f"{backend}.filebased.EmailBackend", "file_path": url.path}
        case "smtp" | "smtps":
            return {
                "backend": f"{backend}.smtp.EmailBackend",
                "host": url.hostname or "localhost",
                "port": url.port or (465 if url.scheme == "smtps" else 25),
                "username": unquote(url.username or ""),
                "password": unquote(url.password or ""),
                "use_ssl": url.scheme == "smtps",
                "use_tls": url.scheme == "smtp" and bool(url.password),
                "timeout": 10,
            }
    raise ImproperlyConfigured(f"{name} must begin with smtp://, smtps://, file:/// or console:")

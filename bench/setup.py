"""Starting Django for a benchmark, on the servers that bin/db and bin/queue name."""

import os
import subprocess
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def start_django() -> None:
    """Point at this checkout's own servers unless the environment names others."""
    for name, command in (("DATABASE_URL", "bin/db"), ("REDIS_URL", "bin/queue")):
        if name not in os.environ:
            found = subprocess.run(
                [ROOT / command, "url"], check=True, capture_output=True, text=True
            )
            os.environ[name] = found.stdout.strip()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    django.setup()

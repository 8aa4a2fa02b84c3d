"""What was erased, kept outside the database: a restored copy must forget again what it forgot.

One JSON object a line, appended and forced to the disk before the erasure is committed. It holds
opaque identifiers and fingerprints, and no personal data.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings


def path() -> Path:
    """Return where the journal is: it belongs into the backups of files, apart from the dumps."""
    return Path(settings.VAR_DIR) / "erasures.jsonl"


def note(**entry: Any) -> None:
    """Append an entry; when this returns, it survives a power cut."""
    journal = path()
    is_new = not journal.exists()
    line = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync_folder(journal.parent)


def entries() -> Iterator[dict[str, Any]]:
    """Read the journal; a last line that a crash cut off is passed over."""
    if not path().exists():
        return
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(entry, dict):
            yield entry


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

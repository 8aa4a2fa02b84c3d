"""Files that people send: checked, made anew where that is possible, kept apart, never run.

A file is believed by its content, never by its name or by what the browser says of it. Images are
drawn again, without the place and camera they carry. What is kept has a name that nobody can guess,
lies outside every folder that is served, and leaves only through a view that has asked a policy.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 4_000
PDF, JPEG, PNG, ZIP = "pdf", "jpg", "png", "zip"
EXTENSIONS = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG}
CONTENT_TYPES = {
    PDF: "application/pdf",
    JPEG: "image/jpeg",
    PNG: "image/png",
    ZIP: "application/zip",
}
DOCUMENTS = frozenset({PDF, JPEG, PNG})
IMAGES = frozenset({JPEG, PNG})
_MAGIC = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
_PILLOW = {JPEG: "JPEG", PNG: "PNG"}
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


class FileRefused(ValueError):
    """The file is not taken; ``reason`` is empty, large, kind, mismatch, or broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CheckedFile:
    """Bytes that were checked, and what they are: pdf, jpg or png."""

    content: bytes
    kind: str


def check_file(
    file: IO[Any],
    *,
    name: str,
    kinds: frozenset[str] = DOCUMENTS,
    max_bytes: int = MAX_BYTES,
    max_side: int = MAX_SIDE,
) -> CheckedFile:
    """Return what may be kept of a file, or raise ``FileRefused``; images come back redrawn."""
    file.seek(0)
    content = file.read(max_bytes + 1)
    if not content:
        raise FileRefused("empty")
    if len(content) > max_bytes:
        raise FileRefused("large")
    kind = EXTENSIONS.get(name.rpartition(".")[2].lower())
    if kind not in kinds:
        raise FileRefused("kind")
    if not content.startswith(_MAGIC[kind]):
        raise FileRefused("mismatch")
    return CheckedFile(content if kind == PDF else _redrawn(content, kind, max_side), kind)


def keep_file(safe: CheckedFile, *, folder: str) -> str:
    """Keep a checked file under a name that nobody can guess, and return that name."""
    name = f"private/{folder}/{uuid4().hex}{uuid4().hex}.{safe.kind}"
    return default_storage.save(name, ContentFile(safe.content))


def forget_file(key: str) -> None:
    """Delete a kept file; one that is gone already is no error."""
    if key:
        default_storage.delete(key)


def forget_on_commit(keys: Iterable[str]) -> None:
    """Delete kept files once the change that lets go of them is committed."""
    gone = list(keys)

    def forget() -> None:
        for key in gone:
            forget_file(key)

    transaction.on_commit(forget)


def serve_file(key: str, *, name: str) -> HttpResponse:
    """Answer with a kept file as a download that no browser runs; ask the policy before.

    ``name`` is what the download is called, without its ending. Raises ``FileNotFoundError``.
    """
    kind = key.rpartition(".")[2]
    with default_storage.open(key) as kept:
        response = HttpResponse(kept.read(), content_type=CONTENT_TYPES[kind])
    header = content_disposition_header(as_attachment=True, filename=f"{name}.{kind}")
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED
    return response


def _redrawn(content: bytes, kind: str, max_side: int) -> bytes:
    """Draw an image again, upright, within limits, and without what is hidden beside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _draw(content, kind, max_side)
    except FileRefused:
        raise
    except Exception as error:  # whatever a decoder makes of hostile bytes, they are not an image
        raise FileRefused("broken") from error


def _draw(content: bytes, kind: str, max_side: int) -> bytes:
    with Image.open(BytesIO(content), formats=[_PILLOW[kind]]) as image:
        if image.width * image.height > MAX_PIXELS:
            raise FileRefused("large")
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert("RGBA" if kind == PNG else "RGB")
    plain.thumbnail((max_side, max_side))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = BytesIO()
    fresh.save(out, _PILLOW[kind])
    return out.getvalue()

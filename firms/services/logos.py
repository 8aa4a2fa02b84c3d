"""Logos: drawn again from what people send, square, in two sizes, without what is hidden beside."""

from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from accounts.models import User
from common.files import IMAGES, check_file, forget_on_commit
from firms.models import Organization

MAX_BYTES = 5 * 1024 * 1024
SIZES = (96, 384)
FORMATS = {"webp": "image/webp", "png": "image/png"}


@transaction.atomic
def set_logo(*, by: User, organization: Organization, file: IO[Any], name: str, alt: str) -> None:
    """Give an organization a logo. Raises ``common.files.FileRefused``."""
    checked = check_file(file, name=name, kinds=IMAGES, max_bytes=MAX_BYTES, max_side=1_200)
    key = uuid4().hex
    with Image.open(BytesIO(checked.content)) as image:
        plain = image.convert("RGBA")
    for size in SIZES:
        square = _square(plain, size)
        for ending in FORMATS:
            default_storage.save(_path(key, size, ending), ContentFile(_encoded(square, ending)))
    _forget(organization)
    organization.logo, organization.logo_alt = key, alt
    organization.save(update_fields=["logo", "logo_alt", "updated_at"])


@transaction.atomic
def remove_logo(*, by: User, organization: Organization) -> None:
    """Take an organization's logo away."""
    _forget(organization)
    organization.logo = organization.logo_alt = ""
    organization.save(update_fields=["logo", "logo_alt", "updated_at"])


def read_logo(key: str, *, size: int, ending: str) -> bytes:
    """Return the bytes of a kept logo. Raises ``FileNotFoundError``."""
    with default_storage.open(_path(key, size, ending)) as kept:
        content: bytes = kept.read()
    return content


def _forget(organization: Organization) -> None:
    if organization.logo:
        key = organization.logo
        forget_on_commit(_path(key, size, ending) for size in SIZES for ending in FORMATS)


def _path(key: str, size: int, ending: str) -> str:
    return f"logos/{key[:2]}/{key}-{size}.{ending}"


def _square(image: Image.Image, side: int) -> Image.Image:
    """Fit an image into a square, whole, with nothing around it."""
    fitted = image.copy()
    fitted.thumbnail((side, side), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    square.paste(fitted, ((side - fitted.width) // 2, (side - fitted.height) // 2))
    return square


def _encoded(image: Image.Image, ending: str) -> bytes:
    out = BytesIO()
    options: dict[str, Any] = (
        {"quality": 82, "method": 4} if ending == "webp" else {"optimize": True}
    )
    image.save(out, ending.upper(), **options)
    return out.getvalue()

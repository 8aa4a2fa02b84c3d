import io

import pytest
from PIL import Image

from common.files import MAX_BYTES, FileRefused, check_file


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "purple").save(out, kind, **more)
    return out.getvalue()


def refused(content: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as caught:
        check_file(io.BytesIO(content), name=name)
    return caught.value.reason


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "nada.pdf", "empty"),
        (b"%PDF-" + b"0" * MAX_BYTES, "grande.pdf", "large"),
        (b"MZ\x90", "programa.exe", "kind"),
        (b"<svg onload='x'>", "logo.svg", "kind"),
        (b"%PDF-1.7", "sin_nada", "kind"),
        (b"<script>", "pagina.pdf", "mismatch"),
        (b" %PDF-1.7", "corrido.pdf", "mismatch"),
        (image("PNG"), "foto.jpg", "mismatch"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "rota.jpg", "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "rota.png", "broken"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(content: bytes, name: str, reason: str) -> None:
    assert refused(content, name) == reason


def test_an_image_larger_than_its_limit_is_refused_before_it_is_drawn() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 2_100)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert refused(out.getvalue(), "bomba.png") == "large"


def test_a_redrawn_photo_is_upright_and_carries_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    exif[0x010F] = "Camara"
    exif.get_ifd(0x8825)[2] = (34.0, 38.0, 0.0)
    sent = image(exif=exif, comment=b"secreto") + b"PK\x03\x04 despues del final"
    safe = check_file(io.BytesIO(sent), name="FOTO.JPEG")
    with Image.open(io.BytesIO(safe.content)) as kept:
        assert kept.size == (30, 40)
        assert not kept.getexif()
    assert safe.kind == "jpg"
    assert not any(word in safe.content for word in (b"Camara", b"secreto", b"despues"))


def test_a_large_photo_is_made_smaller_and_a_pdf_stays_as_it_is() -> None:
    safe = check_file(io.BytesIO(image(size=(900, 300))), name="a.jpg", max_side=300)
    with Image.open(io.BytesIO(safe.content)) as kept:
        assert kept.size == (300, 100)
    assert check_file(io.BytesIO(b"%PDF-1.7 x"), name="a.PDF").content == b"%PDF-1.7 x"

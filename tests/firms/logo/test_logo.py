"""Logos: made anew, shown to who may see the organization, refused when they are something else."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from firms.models import Organization, OrganizationKind, Visibility
from tests.factories import IdentifierFactory, OrganizationFactory
from tests.firms.actors import Cast, make_cast

pytestmark = pytest.mark.django_db
CANARY = b"GPS-CANARY-33.45"


@pytest.fixture
def cast(tmp_path: Path, settings: Any) -> Cast:
    kept = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": kept}
    return make_cast(legal_name="Viña Ejemplo S.A.")


def photo(kind: str = "JPEG", size: tuple[int, int] = (800, 400)) -> bytes:
    out = BytesIO()
    image = Image.new("RGB", size, "purple")
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def send(cast: Cast, content: bytes, name: str = "logo.jpg", actor: str = "owner") -> Any:
    address = reverse("firms:logo", args=[cast.organization.public_id])
    file = SimpleUploadedFile(name, content)
    return cast.browser(actor).post(address, {"image": file, "alt": "Un racimo"})


def image(cast: Cast, actor: str, size: int = 96, ending: str = "webp") -> Any:
    cast.organization.refresh_from_db()
    return cast.browser(actor).get(reverse("logo", args=[cast.organization.logo, size, ending]))


def test_a_logo_is_made_square_small_and_without_its_secrets(cast: Cast) -> None:
    assert CANARY in photo()
    assert send(cast, photo()).status_code == 303
    for size in (96, 384):
        for ending in ("webp", "png"):
            answer = image(cast, "anonymous", size, ending)
            assert answer.status_code == 200
            assert CANARY not in answer.content
            assert Image.open(BytesIO(answer.content)).size == (size, size)
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_page_and_the_list_show_it_or_a_letter(cast: Cast) -> None:
    page = reverse("firms:organization", args=[cast.organization.public_id])
    directory = reverse("firms:directory")
    assert "initial" in cast.browser("outsider").get(directory).content.decode()
    send(cast, photo("PNG"), "logo.png")
    for address in (page, directory):
        assert 'alt="Un racimo"' in cast.browser("outsider").get(address).content.decode()


def test_a_logo_is_seen_by_who_sees_the_organization(cast: Cast) -> None:
    send(cast, photo())
    Organization.objects.update(visibility=Visibility.PRIVATE)
    assert image(cast, "anonymous").status_code == 404
    answer = image(cast, "colleague")
    assert answer.status_code == 200
    assert "public" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg onload=alert(1)>", "logo.svg"),
        (b"<html>", "logo.png"),
        (b"\xff\xd8\xff" + b"x" * 50, "logo.jpg"),
        (b"\xff\xd8\xff" + b"x" * (5 * 1024 * 1024 + 1), "logo.jpg"),
    ],
)
def test_what_is_no_logo_is_refused_with_words(cast: Cast, content: bytes, name: str) -> None:
    answer = send(cast, content, name)
    assert answer.status_code == 422
    assert 'class="errors' in answer.content.decode() or "error" in answer.content.decode()
    cast.organization.refresh_from_db()
    assert cast.organization.logo == ""


def test_an_enormous_image_is_refused_before_it_is_drawn(cast: Cast) -> None:
    out = BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    assert send(cast, out.getvalue(), "logo.png").status_code == 422


def test_readers_and_strangers_send_no_logo(cast: Cast) -> None:
    assert send(cast, photo(), actor="colleague").status_code == 404
    assert send(cast, photo(), actor="outsider").status_code == 404


def test_a_logo_is_replaced_and_removed(cast: Cast) -> None:
    send(cast, photo())
    cast.organization.refresh_from_db()
    first = cast.organization.logo
    send(cast, photo("PNG"), "otro.png")
    cast.organization.refresh_from_db()
    assert cast.organization.logo != first
    address = reverse("firms:logo-remove", args=[cast.organization.public_id])
    assert cast.browser("owner").post(address).status_code == 303
    cast.organization.refresh_from_db()
    assert cast.organization.logo == ""


def facts(cast: Cast, organization: Organization, actor: str = "anonymous") -> Any:
    address = reverse("firms:organization", args=[organization.public_id])
    page = cast.browser(actor).get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found[1]) if found else None


def test_machines_read_what_anybody_may_see(cast: Cast) -> None:
    number = {"value": "76.086.428-5", "normalized": "760864285"}
    IdentifierFactory(organization=cast.organization, is_primary=True, **number)
    said = facts(cast, cast.organization, "owner")
    assert said == facts(cast, cast.organization)  # its own people make no difference
    assert said["@type"] == "LocalBusiness"
    assert said["legalName"] == "Viña Ejemplo S.A."
    assert said["taxID"]
    latitude = said["geo"]["latitude"]
    assert latitude == round(latitude, 2)


def test_a_person_with_a_business_shows_no_number(cast: Cast) -> None:
    Organization.objects.update(kind=OrganizationKind.SOLE_TRADER)
    IdentifierFactory(organization=cast.organization, is_primary=True)
    assert "taxID" not in facts(cast, cast.organization)


def test_a_university_is_one_and_a_private_organization_says_nothing(cast: Cast) -> None:
    university = OrganizationFactory(kind=OrganizationKind.UNIVERSITY)
    assert facts(cast, university)["@type"] == "CollegeOrUniversity"
    Organization.objects.update(visibility=Visibility.MEMBERS)
    assert facts(cast, cast.organization, "outsider") is None


def test_no_text_leaves_the_data_block(cast: Cast) -> None:
    hostile = "</script><script>alert(1)</script>"
    Organization.objects.update(one_line=hostile)
    assert facts(cast, cast.organization)["description"] == hostile

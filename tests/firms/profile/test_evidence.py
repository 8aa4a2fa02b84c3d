"""The file that proves a certificate: sent, read, replaced, taken away, and never left behind."""

import datetime as dt
import os
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from common.files import CheckedFile, keep_file
from firms.models import Certificate, FieldGroup, FieldLevel, Role
from firms.services.evidence import forget_orphans
from tests.factories import (
    CertificateFactory,
    MembershipFactory,
    OrganizationMergeFactory,
    UserFactory,
)
from tests.firms.actors import Cast, make_cast
from tests.firms.profile.factories import FieldVisibilityFactory
from tests.firms.profile.test_sections import address, opened

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 prueba"


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return make_cast(legal_name="Viña Ejemplo S.A.")


def a_kept_file() -> str:
    return keep_file(CheckedFile(PDF, "pdf"), folder="certificates")


def kept(cast: Cast) -> Certificate:
    return CertificateFactory(organization=cast.organization, number="1", evidence=a_kept_file())


def form_of(cast: Cast, actor: str = "owner") -> dict[str, Any]:
    """Return the section as a browser would send it back, with its one certificate."""
    certificate = cast.organization.certificates.get()
    hidden = {**opened(cast, "certificates", actor)}
    return hidden | {
        "certificate-0-standard": certificate.standard.code,
        "certificate-0-number": certificate.number,
    }


def send(cast: Cast, **changes: Any) -> Any:
    sent = form_of(cast) | {f"certificate-0-{name}": value for name, value in changes.items()}
    return cast.browser("owner").post(address(cast.organization, "certificates"), sent)


def link(certificate: Certificate) -> str:
    own = certificate.organization.public_id
    return reverse("firms:certificate-evidence", args=[own, certificate.evidence_name])


def test_a_file_is_sent_and_downloaded_and_shown_to_who_edits(cast: Cast) -> None:
    certificate = CertificateFactory(organization=cast.organization, number="1")
    answer = send(cast, evidence=SimpleUploadedFile("iso.pdf", PDF, "application/pdf"))
    assert answer.status_code == 303
    certificate.refresh_from_db()
    download = cast.browser("owner").get(link(certificate))
    assert download.content == PDF
    assert download["Content-Disposition"].startswith("attachment")
    page = reverse("firms:organization", args=[cast.organization.public_id])
    assert link(certificate) in cast.browser("owner").get(page).content.decode()
    section = cast.browser("owner").get(address(cast.organization, "certificates"))
    assert link(certificate) in section.content.decode()


def test_an_image_is_drawn_again_without_where_it_was_taken(cast: Cast) -> None:
    certificate = CertificateFactory(organization=cast.organization, number="1")
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "zarigüeya secreta"
    Image.new("RGB", (20, 20)).save(out, "JPEG", exif=exif)
    assert b"secreta" in out.getvalue()
    answer = send(cast, evidence=SimpleUploadedFile("iso.jpg", out.getvalue(), "image/jpeg"))
    assert answer.status_code == 303
    certificate.refresh_from_db()
    content = cast.browser("owner").get(link(certificate)).content
    assert content.startswith(b"\xff\xd8")
    assert b"secreta" not in content


@pytest.mark.parametrize(
    ("name", "content"), [("iso.pdf", b"<html>"), ("iso.html", PDF), ("iso.png", PDF)]
)
def test_a_file_that_is_not_what_it_says_is_refused_and_typed_words_stay(
    cast: Cast, name: str, content: bytes
) -> None:
    certificate = kept(cast)
    answer = send(cast, scope="Todo el sitio", evidence=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert "Todo el sitio" in answer.content.decode()
    before = certificate.evidence
    certificate.refresh_from_db()
    assert certificate.evidence == before


def test_saving_without_a_file_keeps_the_one_before(cast: Cast) -> None:
    certificate = kept(cast)
    assert send(cast, scope="Todo").status_code == 303
    before = certificate.evidence
    certificate.refresh_from_db()
    assert (certificate.scope, certificate.evidence) == ("Todo", before)


@pytest.mark.parametrize(
    "change",
    [
        {"evidence-clear": "on"},
        {"DELETE": "on"},
        {"evidence": SimpleUploadedFile("nuevo.pdf", PDF + b"2")},
    ],
    ids=["taken-away", "row-deleted", "replaced"],
)
def test_what_is_let_go_is_forgotten(
    cast: Cast,
    change: dict[str, Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    certificate = kept(cast)
    url = link(certificate)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(cast, **change).status_code == 303
    assert not default_storage.exists(certificate.evidence)
    assert cast.browser("owner").get(url).status_code == 404
    now = list(
        cast.organization.certificates.exclude(evidence="").values_list("evidence", flat=True)
    )
    assert [default_storage.exists(key) for key in now] == [True] * ("evidence" in change)


def test_only_who_may_see_the_files_opens_them(cast: Cast) -> None:
    certificate = kept(cast)
    people = {
        role: MembershipFactory(organization=cast.organization, role=role).user
        for role in (Role.READER, Role.EDITOR)
    }
    found = {}
    for name, user in {**people, "staff": UserFactory(is_staff=True)}.items():
        client = Client()
        client.force_login(user)
        found[name] = client.get(link(certificate)).status_code
    assert found == {Role.READER: 404, Role.EDITOR: 200, "staff": 200}
    assert cast.browser("anonymous").get(link(certificate)).status_code == 404
    assert cast.browser("outsider").get(link(certificate)).status_code == 404
    FieldVisibilityFactory(
        organization=cast.organization, group=FieldGroup.EVIDENCE, level=FieldLevel.PUBLIC
    )
    assert cast.browser("anonymous").get(link(certificate)).status_code == 200
    FieldVisibilityFactory(organization=cast.organization, group=FieldGroup.CERTIFICATES)
    assert cast.browser("anonymous").get(link(certificate)).status_code == 404


@pytest.mark.parametrize("reader", ["anonymous", "outsider"])
def test_a_hidden_file_changes_no_byte(cast: Cast, reader: str) -> None:
    certificate = CertificateFactory(organization=cast.organization, number="1")
    paths = [
        reverse("firms:organization", args=[cast.organization.public_id]),
        f"/api/v1/organizations/{cast.organization.public_id}/",
    ]
    browser = cast.browser(reader)

    def tokenless(path: str) -> str:
        page = browser.get(path).content.decode()
        return "".join(part for part in page.splitlines() if "csrfmiddlewaretoken" not in part)

    before = [tokenless(path) for path in paths]
    Certificate.objects.filter(pk=certificate.pk).update(evidence=a_kept_file())
    assert [tokenless(path) for path in paths] == before


def test_files_whose_row_went_are_forgotten_unless_a_union_may_bring_them_back(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    held, gone, united, fresh = kept(cast).evidence, a_kept_file(), a_kept_file(), a_kept_file()
    OrganizationMergeFactory(merged_at=now, journal=[{"evidence": united}])
    long_ago = (now - dt.timedelta(days=2)).timestamp()
    for key in (held, gone, united):
        os.utime(default_storage.path(key), (long_ago, long_ago))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_orphans(now) == 1
    assert [default_storage.exists(key) for key in (held, gone, united, fresh)] == [
        True, False, True, True,
    ]  # fmt: skip

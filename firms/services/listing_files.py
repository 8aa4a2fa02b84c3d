"""Files that go with a listing: checked by what they are, kept apart, seen by who sees it."""

from typing import IO, Any, TypeVar

from django.db import transaction

from accounts.models import User
from common.files import PDF, CheckedFile, check_file, forget_on_commit, keep_file
from firms.document_metadata import without_metadata
from firms.leaks import leaks
from firms.models import Need, NeedFile, Offer, OfferFile
from firms.services.listing_checks import identity_of
from firms.services.listings import CannotChangeListing, touch_listing

FOLDER = "listings"
MAX_FILES = 6
MAX_NAME = 120
_RowT = TypeVar("_RowT", Need, Offer)


class CannotAttach(Exception):
    """The file may not go with the listing; ``reason`` is "many", "telling" or "settled"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def attach_file(*, by: User, listing: _RowT, file: IO[Any], name: str) -> OfferFile | NeedFile:
    """Keep a file with a listing, or raise ``CannotAttach`` or ``FileRefused``."""
    row = _touched(by, listing)
    if row.files.count() >= MAX_FILES:
        raise CannotAttach("many")
    title = name.rpartition(".")[0].strip()[:MAX_NAME] or FOLDER
    checked = check_file(file, name=name)
    if row.is_anonymous and _tells(row, title, checked):
        raise CannotAttach("telling")
    content = (
        CheckedFile(without_metadata(checked.content), PDF) if checked.kind == PDF else checked
    )
    values = {"key": keep_file(content, folder=FOLDER), "name": title, "size": len(content.content)}
    if isinstance(row, Need):
        return NeedFile.objects.create(need=row, **values)
    return OfferFile.objects.create(offer=row, **values)


@transaction.atomic
def detach_file(*, by: User, listing: _RowT, file: OfferFile | NeedFile) -> None:
    """Take a file away from a listing, and from where it is kept."""
    _touched(by, listing)
    forget_on_commit([file.key])
    file.delete()


def _touched(by: User, listing: _RowT) -> _RowT:
    try:
        return touch_listing(by=by, listing=listing)
    except CannotChangeListing as error:
        raise CannotAttach("settled") from error


def _tells(row: Need | Offer, title: str, checked: CheckedFile) -> bool:
    """Say whether a file's name tells who wrote; of an anonymous listing only images are taken.

    What a document's pages say cannot be read here, and it would tell more than its name.
    """
    return checked.kind == PDF or bool(leaks({"files": title}, identity_of(row.organization)))

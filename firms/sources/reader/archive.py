"""The zip around a workbook, judged before any of it is read."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from firms.sources.reader.limits import (
    BLOCK,
    MAX_ENTRIES,
    MAX_EXPANDED,
    MAX_RATIO,
    RATIO_FROM,
    RefusedError,
)

_ENCRYPTED = 1
_OTHERS = (OSError, EOFError, NotImplementedError, RuntimeError)
_END_RECORD = b"PK\x05\x06"
_TAIL = 66_000


class Archive:
    """The parts of a workbook; what was really unpacked is counted over all of them."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        _count_entries(file, size)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, *_OTHERS) as error:
            raise RefusedError("broken") from error
        self._unpacked = 0
        _judge(self._zip.infolist(), size)

    def has(self, name: str) -> bool:
        """Say whether there is such a part."""
        return name in self._zip.NameToInfo

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part block by block."""
        try:
            with self._zip.open(name) as part:
                while block := part.read(BLOCK):
                    self._unpacked += len(block)
                    if self._unpacked > MAX_EXPANDED:
                        raise RefusedError("expanded", MAX_EXPANDED)
                    yield block
        except (KeyError, zipfile.BadZipFile, zlib.error, *_OTHERS) as error:
            raise RefusedError("broken") from error


def _count_entries(file: BinaryIO, size: int) -> None:
    """Read the count that the directory declares, before Python lists all of it."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_END_RECORD)
    count = int.from_bytes(tail[at + 10 : at + 12], "little") if at >= 0 else 0
    if count > MAX_ENTRIES:
        raise RefusedError("entries", count)
    file.seek(0)


def _judge(parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MAX_ENTRIES:
        raise RefusedError("entries", len(parts))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise RefusedError("password")
    declared = sum(part.file_size for part in parts)
    if declared > MAX_EXPANDED:
        raise RefusedError("expanded", declared)
    if sum(part.compress_size for part in parts) > size:
        raise RefusedError("overlap")
    for part in parts:
        if part.file_size > max(RATIO_FROM, part.compress_size * MAX_RATIO):
            raise RefusedError("ratio", part.file_size // max(1, part.compress_size))

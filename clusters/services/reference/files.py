"""Reading of shipped files: a fault names the file, the line and what is wrong."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")


class CannotLoadReference(Exception):
    """A shipped file is missing or wrong."""


def digest_of(*, paths: Iterable[Path], version: int) -> str:
    """Return a digest of the files' bytes and of the version of the code that reads them."""
    total = hashlib.sha256(str(version).encode())
    for path in paths:
        try:
            total.update(path.read_bytes())
        except OSError as error:
            raise CannotLoadReference(
                _("No se puede leer %(file)s: %(why)s.") % {"file": path, "why": error.strerror}
            ) from error
    return total.hexdigest()


def rows_of(*, path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield a CSV file's rows; it must have the columns, and every row all of its cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restkey="", restval=None)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise CannotLoadReference(
                _("A %(file)s le faltan columnas: %(columns)s.")
                % {"file": path.name, "columns": ", ".join(sorted(missing))}
            )
        for row in reader:
            if None in row.values() or "" in row:
                raise _wrong_line(path, reader.line_num, _("no tiene tantas celdas como columnas"))
            yield row


def _wrong_line(path: Path, line: int, why: str) -> CannotLoadReference:
    """Return the error that names a line of a file."""
    return CannotLoadReference(
        _("%(file)s, línea %(line)d: %(why)s.") % {"file": path.name, "line": line, "why": why}
    )


def chunks(*, rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of at most ``size``."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk

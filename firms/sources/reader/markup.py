"""XML read as it streams by: no document type, no entity, no depth without end."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from firms.sources.reader.limits import MAX_DEPTH, RefusedError

SILENCE = 1 << 20  # so much text without a single tag is an attack on the parser, not a sheet

Start = Callable[[str, dict[str, str]], None]


class Markup:
    """Feeds blocks to expat and refuses what a spreadsheet never holds."""

    def __init__(self, start: Start, end: Callable[[str], None], text: Callable[[str], None]):
        self._start, self._end = start, end
        self._depth = self._events = self._silent = 0
        parser: Any = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.ExternalEntityRefHandler = self._refuse_doctype
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = text
        parser.buffer_text = True
        self._parser = parser

    def feed(self, blocks: Iterable[bytes]) -> None:
        """Read all blocks, or refuse the file."""
        for block in blocks:
            self.feed_one(block)
        self.finish()

    def feed_one(self, block: bytes) -> None:
        """Read the next block."""
        before = self._events
        self._parse(block, is_last=False)
        self._silent = 0 if self._events != before else self._silent + len(block)
        if self._silent > SILENCE:
            raise RefusedError("broken")

    def finish(self) -> None:
        """Read the end."""
        self._parse(b"", is_last=True)

    def _parse(self, block: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(block, is_last)
        except expat.ExpatError as error:
            raise RefusedError("broken") from error

    def _refuse_doctype(self, *_details: object) -> None:
        raise RefusedError("doctype")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._events += 1
        if self._depth > MAX_DEPTH:
            raise RefusedError("depth", MAX_DEPTH)
        self._start(local(name), attributes)

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._events += 1
        self._end(local(name))


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]

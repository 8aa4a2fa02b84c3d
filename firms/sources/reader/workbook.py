"""XLSX workbooks, row by row: what a sheet says of its own size is not believed."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from firms.sources.reader.archive import Archive
from firms.sources.reader.limits import RefusedError
from firms.sources.reader.markup import Markup
from firms.sources.reader.numbers import is_date_format
from firms.sources.reader.sheet import Book, Cells, RawRow

_WORKBOOK = "xl/workbook.xml"
_HIDDEN = ("hidden", "veryHidden")


@dataclass
class Opened:
    """A workbook whose sheets are known."""

    archive: Archive
    book: Book
    sheets: dict[str, str] = field(default_factory=dict)


def open_workbook(file: BinaryIO, size: int) -> Opened:
    """Judge the archive and list the sheets that people can see."""
    archive = Archive(file, size)
    if not archive.has(_WORKBOOK):
        raise RefusedError("no_workbook")
    targets = _relations(archive)
    opened = Opened(archive, Book())
    found: list[tuple[str, str, bool]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "workbookPr":
            opened.book.is_1904 = given.get("date1904") in ("1", "true")
        if name == "sheet":
            target = targets.get(given.get("r:id", ""), "")
            found.append((given.get("name", ""), target, given.get("state") in _HIDDEN))

    Markup(start, _nothing, _nothing).feed(archive.blocks(_WORKBOOK))
    shown = [row for row in found if not row[2]] or found
    opened.sheets = {name: target for name, target, _ in shown if archive.has(target)}
    if not opened.sheets:
        raise RefusedError("no_workbook")
    return opened


def rows_of(opened: Opened, sheet: str) -> Iterator[RawRow]:
    """Yield the rows of a sheet that hold something."""
    _read_strings(opened)
    _read_styles(opened)
    cells = Cells(opened.book)
    markup = Markup(cells.start, cells.end, cells.text)
    for block in opened.archive.blocks(opened.sheets[sheet]):
        markup.feed_one(block)
        yield from cells.take()
    markup.finish()
    yield from cells.take()


def _relations(archive: Archive) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, given: dict[str, str]) -> None:
        if name == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[given.get("Id", "")] = posixpath.normpath(path)

    Markup(start, _nothing, _nothing).feed(archive.blocks("xl/_rels/workbook.xml.rels"))
    return targets


def _read_strings(opened: Opened) -> None:
    if not opened.archive.has("xl/sharedStrings.xml"):
        return
    pieces: list[str] = []
    state = {"text": False, "phonetic": False}

    def start(name: str, _given: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        state["phonetic"] |= name == "rPh"
        state["text"] = name == "t"

    def end(name: str) -> None:
        if name == "si":
            opened.book.strings.append("".join(pieces))
        state["phonetic"] &= name != "rPh"
        state["text"] = False

    def text(piece: str) -> None:
        if state["text"] and not state["phonetic"]:
            pieces.append(piece)

    Markup(start, end, text).feed(opened.archive.blocks("xl/sharedStrings.xml"))


def _read_styles(opened: Opened) -> None:
    if not opened.archive.has("xl/styles.xml"):
        return
    patterns: dict[int, str] = {}
    state = {"cells": False}

    def start(name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            patterns[_number(given.get("numFmtId"))] = given.get("formatCode", "")
        elif name == "cellXfs":
            state["cells"] = True
        elif name == "xf" and state["cells"]:
            code = _number(given.get("numFmtId"))
            opened.book.date_styles.append(is_date_format(code, patterns.get(code, "")))

    def end(name: str) -> None:
        state["cells"] &= name != "cellXfs"

    Markup(start, end, _nothing).feed(opened.archive.blocks("xl/styles.xml"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _nothing(*_given: object) -> None:
    """Do nothing: this part of the document says nothing that is wanted."""

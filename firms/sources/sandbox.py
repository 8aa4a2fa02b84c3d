"""Having a stranger's file read by a process that can do nothing else."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

ROOT = Path(__file__).resolve().parents[2]
READER = "firms.sources.reader"
START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=False)"
)
WALL_S = 30
_LINE_TAIL = 1 << 16


class CannotReadFile(ValueError):
    """The file was refused: ``reason`` is a code, ``detail`` the figure that was found."""

    def __init__(self, reason: str, detail: str = "", peak_kb: int = 0) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.peak_kb = peak_kb


@dataclass(frozen=True)
class FileRow:
    """A row of the file: its number there, its cells, which are formulas, its fault."""

    number: int
    cells: list[str]
    formulas: list[int]
    fault: str


@dataclass(frozen=True)
class FileRead:
    """What the reader found: how the file is written, and its rows to go through once."""

    about: Mapping[str, Any]
    rows: Iterator[FileRow]


@contextmanager
def read_file(file: BinaryIO, options: Mapping[str, Any]) -> Iterator[FileRead]:
    """Have a file read; the rows can be taken while the block lasts.

    Raises:
        CannotReadFile: the file is refused, or reading it took too much time or memory.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="racimo-rows-") as lines:
        try:
            done = _run(file, options, lines)
        except subprocess.TimeoutExpired as error:
            raise CannotReadFile("heavy") from error
        last = _last_line(lines)
        if "refused" in last:
            raise CannotReadFile(last["refused"], last["detail"], last["peak_kb"])
        if done or "about" not in last:
            raise CannotReadFile("heavy")
        lines.seek(0)
        yield FileRead(last["about"], _rows(lines))


def _run(file: BinaryIO, options: Mapping[str, Any], lines: TextIO) -> int:
    return subprocess.run(  # noqa: S603 -- our own module, its options as JSON
        [sys.executable, "-I", "-S", "-B", "-c", START, str(ROOT), READER, json.dumps(options)],
        stdin=file,
        stdout=lines,
        stderr=subprocess.DEVNULL,
        env={"PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        cwd="/",
        timeout=WALL_S,
        check=False,
        close_fds=True,
    ).returncode


def _last_line(lines: TextIO) -> dict[str, Any]:
    """Return what the reader said at the end: one object, where rows are lists."""
    with open(lines.fileno(), "rb", closefd=False) as raw:
        size = raw.seek(0, 2)
        raw.seek(max(0, size - _LINE_TAIL))
        tail = raw.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        said = json.loads(tail)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _rows(lines: TextIO) -> Iterator[FileRow]:
    for line in lines:
        if line.startswith("["):
            yield FileRow(*json.loads(line))

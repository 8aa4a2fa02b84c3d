"""bin/up and bin/stop as a newcomer uses them: all of it starts, heals and leaves nothing."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bin.machine import ROOT, Said
from tests.database import address_of, ensure_model

PATIENCE_S = 240


@dataclass(frozen=True)
class Installation:
    """A running Racimo of this test: its own data, its own port."""

    var: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        # without the demo world, whose loading has tests of its own: starting is quick
        ours = {"RACIMO_VAR": str(self.var), "RACIMO_PORT": str(self.port), "RACIMO_DEMO": "0"}
        foreign = {"DATABASE_URL", "REDIS_URL"}
        return {k: v for k, v in os.environ.items() if k not in foreign} | ours

    def run(self, command: str, *arguments: str) -> Said:
        done = subprocess.run(
            [str(ROOT / "bin" / command), *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Said(done.returncode, done.stdout)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/es/", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def processes(self, *words: str) -> list[int]:
        """Return the processes of this installation whose command line has all the words."""
        var = str(self.var)  # servers that rename themselves lose their environment, not this
        return [
            pid
            for pid, environment, command in _processes()
            if (f"RACIMO_VAR={var}" in environment or var in command)
            and all(word in command for word in words)
        ]


def _processes() -> Iterator[tuple[int, str, str]]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environment = (folder / "environ").read_bytes().decode(errors="replace")
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        yield int(folder.name), environment, command.replace("\0", " ")


def wait_until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def installation(installed: Installation) -> Iterator[Installation]:
    """Give each test the installation at rest, whatever the test before left running."""
    installed.run("stop")
    yield installed
    installed.run("stop")


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="racimo-up-") as folder:
        var = Path(folder)
        var.chmod(0o755)  # the account of PostgreSQL must get in
        yield Installation(var, port)


def test_it_starts_heals_restarts_fast_and_stops(
    installation: Installation, tables_of_tests: str
) -> None:
    first = installation.run("up", "--background")
    assert first.status == 0, first.text
    assert f"Open http://localhost:{installation.port}" in first.text
    assert wait_until(installation.answers)
    assert tables_of(installation.run("db", "url").text.strip()) == tables_of_tests

    again = installation.run("up", "--background")
    assert again.status == 1
    assert "Racimo already runs here" in again.text

    for words in (("granian",), ("work fast",), ("sweep",), ("redis-server",), ("bin/postgres",)):
        assert wait_until(lambda words=words: bool(installation.processes(*words))), words
        killed = installation.processes(*words)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        alive = wait_until(lambda w=words, k=killed: bool(set(installation.processes(*w)) - set(k)))
        assert alive, f"{words} did not come back"
    assert wait_until(installation.answers)

    stopped = installation.run("stop")
    assert stopped.status == 0
    assert installation.processes() == []

    second = installation.run("up", "--background")
    assert second.status == 0, second.text
    assert "Demo world" not in second.text
    assert wait_until(installation.answers)
    assert installation.run("stop").status == 0
    assert installation.processes() == []


@pytest.fixture
def tables_of_tests(django_test_environment: None, django_db_blocker: Any) -> str:
    """The tables that all other tests use, which are migrated in a shorter way."""
    with django_db_blocker.unblock():
        return tables_of(address_of(ensure_model()))


def tables_of(address: str) -> str:
    """Return the whole schema as SQL, without the word that each dump makes up."""
    text = subprocess.run(
        ["pg_dump", "--schema-only", "--no-owner", f"--dbname={address}"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return "\n".join(line for line in text.splitlines() if "restrict" not in line)


def _hear_ctrl_c() -> None:
    """Take Ctrl-C as a terminal gives it: a suite run in the background is born deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def foreground(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """Start bin/up in a terminal's way and wait until it says how to stop."""
    up = subprocess.Popen(
        [str(ROOT / "bin/up")],
        env=installation.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,
    )
    assert up.stdout is not None
    said = []
    for line in up.stdout:
        said.append(line)
        if "Stop with Ctrl-C" in line:
            break
    else:
        pytest.fail("".join(said))
    yield up
    rest, _ = up.communicate(timeout=PATIENCE_S)
    assert "stopped." in rest
    assert installation.processes() == []


def test_ctrl_c_stops_all_that_was_started(installation: Installation) -> None:
    with foreground(installation) as up:
        os.killpg(up.pid, signal.SIGINT)


def test_stop_ends_what_runs_in_another_terminal(installation: Installation) -> None:
    with foreground(installation):
        assert installation.run("stop").status == 0


def test_a_killed_supervisor_is_started_again(installation: Installation) -> None:
    with foreground(installation) as up:
        first = (installation.var / "supervisord.pid").read_text()
        os.kill(int(first), signal.SIGKILL)
        assert wait_until(lambda: (installation.var / "supervisord.pid").read_text() != first)
        assert wait_until(installation.answers)
        up.terminate()

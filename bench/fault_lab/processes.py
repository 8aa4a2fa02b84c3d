"""Processes that are kept alive, as a supervisor keeps them, and that can be shot at."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

RESTART_AFTER_S = 0.5


class Kept:
    """A program that is started again whenever it ends."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self._command, self._env, self._log = list(command), dict(env), log
        self._stopping = Event()
        self._process = self._spawn()
        self.restarts = 0
        self._watcher = Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self._command, env=self._env, stdout=log, stderr=log, start_new_session=True
            )

    def _watch(self) -> None:
        while True:
            self._process.wait()
            if self._stopping.wait(RESTART_AFTER_S):
                return
            self._process = self._spawn()
            self.restarts += 1

    @property
    def pid(self) -> int:
        return self._process.pid

    def children(self) -> list[int]:
        """Return the processes that the program has forked."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    def kill_group(self) -> None:
        send(signal.SIGKILL, self.pid, group=True)

    def stop(self) -> None:
        self._stopping.set()
        send(signal.SIGCONT, self.pid, group=True)
        send(signal.SIGTERM, self.pid)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=15)
        self.kill_group()
        self._process.wait(timeout=5)


def send(number: signal.Signals, pid: int, *, group: bool = False) -> None:
    """Send a signal to a process that may be gone already."""
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(pid, number)


def freeze(pids: Sequence[int], seconds: float) -> None:
    """Stop processes for a while, as a machine that swaps or migrates does."""
    for pid in pids:
        send(signal.SIGSTOP, pid)
    time.sleep(seconds)
    for pid in pids:
        send(signal.SIGCONT, pid)

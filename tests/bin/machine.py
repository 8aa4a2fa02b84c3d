"""Machines that lack something, made of a PATH: run a command of bin/ there and read its answer."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/bin", "/sbin", "/bin")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    text: str


@dataclass
class Machine:
    """A machine as the commands of bin/ see it: which programs it has, and who runs them."""

    folder: Path
    without: set[str] = field(default_factory=set)
    programs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    root: Path = ROOT

    def run(self, command: str, *arguments: str) -> Said:
        """Run a command of bin/ without a terminal."""
        done = subprocess.run(
            [str(self.root / "bin" / command), *arguments],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout)

    def _environment(self) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("HOME", "LANG", "TMPDIR") if key in os.environ}
        var = self.folder / "var"
        return {**kept, "PATH": str(self._path()), "RACIMO_VAR": str(var), **self.environment}

    def _path(self) -> Path:
        path = self.folder / "path"
        path.mkdir()
        hidden = self.without | set(self.programs)
        for folder in SYSTEM_FOLDERS:
            for program in Path(folder).iterdir():
                link = path / program.name
                if program.name not in hidden and not link.is_symlink():
                    link.symlink_to(program)
        for name, script in self.programs.items():
            (path / name).write_text(f"#!/bin/sh\n{script}\n")
            (path / name).chmod(0o755)
        return path


def bare_checkout(folder: Path) -> Path:
    """Copy the commands into a checkout where nothing has been installed yet."""
    shutil.copytree(ROOT / "bin", folder / "checkout" / "bin")
    return folder / "checkout"


ORDINARY_USER = {"id": 'if [ "$1" = -u ]; then echo 1000; else echo uid=1000; fi'}
NO_REDIS = {"redis-server", "valkey-server"}

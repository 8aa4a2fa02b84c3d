"""The servers and programs of one run, in a folder of their own that is removed at the end."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.fault_lab.processes import Kept

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {
    "RACIMO_JOB_LEASE": "6",
    "RACIMO_JOB_HARD_LIMIT": "5",
    "RACIMO_JOB_SOFT_LIMIT": "4",
    "RACIMO_JOB_STATEMENT_MS": "4000",
    "RACIMO_JOB_LONGEST_WAIT": "2",
    "RACIMO_PG_BUFFERS": "64MB",
}


@dataclass
class Lab:
    """What a run has: where it listens, its folder, and the programs that are kept alive."""

    var: Path
    env: dict[str, str]
    port: int
    programs: dict[str, Kept]

    @property
    def database_url(self) -> str:
        return self.env["DATABASE_URL"]

    def run(self, *command: str) -> str:
        """Run a command of the project in this world."""
        done = subprocess.run(
            command, env=self.env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def manage(self, *arguments: str) -> str:
        return self.run(sys.executable, "manage.py", *arguments)

    def make_tables(self) -> None:
        """Migrate, or read what was migrated before from the file that the caller names."""
        if dump := os.environ.get("RACIMO_LAB_TABLES"):
            self.run("bin/db", "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", "racimo", "-f", dump)
        else:
            self.manage("migrate", "--verbosity", "0")

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.database_url, autocommit=True, connect_timeout=3)

    def postmaster(self) -> int:
        """Return the process id of PostgreSQL, which lives where its server may write."""
        data = self.run("bin/db", "psql", "-Atc", "show data_directory").strip()
        return int(Path(data, "postmaster.pid").read_text().split()[0])

    def redis(self) -> int:
        return int((self.var / "redis.pid").read_text())

    def start_redis(self) -> None:
        self.run("bin/queue", "start")

    def start_postgres(self) -> None:
        self.run("bin/db", "start")

    def start(self, name: str, *command: str) -> None:
        self.programs[name] = Kept(command, self.env, self.var / "log" / f"{name}.log")

    def stop(self, name: str) -> None:
        self.programs.pop(name).stop()

    def wait_for_web(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.var / "log" / "web.log").read_text()[-2_000:])


@contextmanager
def lab(
    *, design: str = "row", poison: int = 0, limits: Mapping[str, str] | None = None
) -> Iterator[Lab]:
    """Build a world and take it down again, whatever happens in between."""
    var = Path(tempfile.mkdtemp(prefix="racimo-lab-"))
    var.chmod(0o755)
    (var / "log").mkdir()
    here = Lab(
        var=var, env={**_environment(var, design), **(limits or {})}, port=_free_port(), programs={}
    )
    try:
        here.start_postgres()
        here.start_redis()
        here.env["DATABASE_URL"] = here.run("bin/db", "url").strip()
        here.env["REDIS_URL"] = here.run("bin/queue", "url").strip()
        here.make_tables()
        here.manage("shell", "-c", f"from bench.fault_lab.seed import seed; seed({poison})")
        _start_programs(here, design)
        yield here
    finally:
        _take_down(here)


def _environment(var: Path, design: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        **LIMITS,
        "RACIMO_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bench.fault_lab.settings",
        "PYTHONPATH": str(ROOT),
        "RACIMO_LAB_DESIGN": design,
    }


def _start_programs(here: Lab, design: str) -> None:
    python = sys.executable
    worker = (python, "manage.py", "work")
    if design == "naive":
        worker = (
            python,
            "-m",
            "celery",
            "-A",
            "bench.fault_lab.naive_worker",
            "worker",
            "-Q",
            "fast",
        )
        here.start("worker-fast", *worker, "-c", "2", "-l", "WARNING")
    else:
        here.start("worker-fast", *worker, "fast", "--concurrency", "2")
        here.start("worker-bulk", *worker, "bulk")
        here.start("sweeper", python, "manage.py", "sweep")
    granian = str(Path(python).with_name("granian"))
    here.start(
        "web", granian, "--interface", "wsgi", "registry.wsgi:application",
        "--host", "127.0.0.1", "--port", str(here.port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
    )  # fmt: skip
    here.wait_for_web()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _take_down(here: Lab) -> None:
    for name in list(here.programs):
        here.stop(name)
    here.run("bin/queue", "stop")
    here.run("bin/db", "stop")
    shutil.rmtree(here.var, ignore_errors=True)

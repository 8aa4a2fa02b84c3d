"""What is done to the running world. Each fault leaves it able to recover by itself."""

import shutil
import signal
import time
from collections.abc import Callable
from random import Random

from bench.fault_lab.lab import Lab
from bench.fault_lab.processes import freeze, send

FREEZE_S = 7.0  # longer than the lease of the run
OUTAGE_S = 1.0

Fault = Callable[[Lab, Random], None]


def kill_worker_group(lab: Lab, random: Random) -> None:
    lab.programs[_worker(lab, random)].kill_group()


def kill_worker_child(lab: Lab, random: Random) -> None:
    children = lab.programs["worker-fast"].children()
    if children:
        send(signal.SIGKILL, random.choice(children))


def kill_web(lab: Lab, _: Random) -> None:
    lab.programs["web"].kill_group()


def kill_sweeper(lab: Lab, random: Random) -> None:
    lab.programs["sweeper" if "sweeper" in lab.programs else _worker(lab, random)].kill_group()


def kill_redis(lab: Lab, _: Random) -> None:
    send(signal.SIGKILL, lab.redis())
    time.sleep(OUTAGE_S)
    lab.start_redis()


def wipe_redis(lab: Lab, _: Random) -> None:
    send(signal.SIGKILL, lab.redis())
    time.sleep(OUTAGE_S)
    shutil.rmtree(lab.var / "redis")
    lab.start_redis()


def restart_postgres(lab: Lab, _: Random) -> None:
    """Crash it (SIGQUIT is an immediate shutdown) and let it recover."""
    send(signal.SIGQUIT, lab.postmaster())
    time.sleep(OUTAGE_S)
    lab.start_postgres()


def freeze_worker(lab: Lab, random: Random) -> None:
    worker = lab.programs["worker-fast"]
    everyone = [worker.pid, *worker.children()]
    freeze(random.choice([everyone, everyone[1:2], everyone[:1]]), FREEZE_S)


FAULTS: dict[str, Fault] = {
    "worker group killed": kill_worker_group,
    "worker child killed": kill_worker_child,
    "web killed": kill_web,
    "sweeper killed": kill_sweeper,
    "Redis killed": kill_redis,
    "Redis wiped": wipe_redis,
    "PostgreSQL crashed": restart_postgres,
    "worker frozen": freeze_worker,
}


def chosen(count: int, random: Random) -> list[str]:
    """Return the faults of a run: each kind in turn, in random order, so that none is missing."""
    names = list(FAULTS) * (count // len(FAULTS) + 1)
    picked = names[:count]
    random.shuffle(picked)
    return picked


def _worker(lab: Lab, random: Random) -> str:
    return random.choice([name for name in lab.programs if name.startswith("worker")])

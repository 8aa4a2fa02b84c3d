"""What holds the reading process in: memory, time, no network, no other programs.

The network is taken away by a namespace of its own where the system lets us make one; everywhere,
Python itself refuses to make a socket or start a program.
"""

import ctypes
import resource
import sys
from typing import Any

MEMORY = 512 << 20
CPU_S = 20
OUTPUT = 256 << 20
OPEN_FILES = 32
_NEW_USER, _NEW_NETWORK, _NO_NEW_PRIVILEGES = 0x10000000, 0x40000000, 38
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def lock_in() -> str:
    """Give up what reading does not need; return what keeps the network away."""
    libc = ctypes.CDLL(None, use_errno=True)
    kept = any(libc.unshare(flags) == 0 for flags in (_NEW_USER | _NEW_NETWORK, _NEW_NETWORK))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.addaudithook(_refuse)
    return "namespace" if kept else "hook"


def peak_kb() -> int:
    """Return the most memory that this process has held, in KB; 0 where the system does not say."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration, ValueError):
        return 0


def _refuse(event: str, _details: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)

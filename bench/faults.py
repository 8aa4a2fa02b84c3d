#!/usr/bin/env python3
"""Fault injection at any size: --seed N --faults N --needs N; the last line is JSON."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"

if __name__ == "__main__":
    if not PYTHON.exists():
        sys.exit("Not installed yet. Run bin/setup test first.")
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "bench.fault_lab", *sys.argv[1:]])  # noqa: S606 -- ours

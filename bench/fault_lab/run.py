"""One run: publish, hurt, wait, judge."""

import os
import shutil
import time
from dataclasses import dataclass
from random import Random

from bench.fault_lab.faults import FAULTS, chosen
from bench.fault_lab.judge import Verdict, judge, wait_for_empty_backlog
from bench.fault_lab.lab import Lab, lab
from bench.fault_lab.publisher import Tally, publish_all

# Without any progress for so long, what is left will stay: a deaf worker is replaced sooner.
PATIENCE_S = {"row": 90.0, "naive": 10.0}


@dataclass(frozen=True)
class Plan:
    """What is asked of a run; the same seed gives the same faults at the same counts of needs."""

    seed: int
    faults: int
    needs: int
    poison: int = 3
    design: str = "row"


@dataclass(frozen=True)
class Report:
    """What came of a run."""

    plan: Plan
    verdict: Verdict
    faults: tuple[str, ...]
    refusals: dict[str, int]
    slowest_s: float
    backlog_s: float
    seconds: float
    restarts: dict[str, int]

    @property
    def line(self) -> dict[str, float]:
        """The numbers of the last line."""
        found = self.verdict
        return {
            "needs": found.needs,
            "faults": len(self.faults),
            "lost": found.lost,
            "partial": found.partial,
            "doubled": found.doubled,
            "parked": len(found.parked),
            "seconds": round(self.seconds, 1),
        }


def run(plan: Plan) -> Report:
    """Build a world, shoot at it while needs are published, and judge what is left."""
    with lab(design=plan.design, poison=plan.poison if plan.design == "row" else 0) as here:
        begun = time.monotonic()
        tally = Tally(wanted=plan.needs)
        clients = publish_all(tally, here.port)
        done = _hurt(here, plan, tally)
        for client in clients:
            client.join()
        backlog, backlog_s = wait_for_empty_backlog(here, patience_s=PATIENCE_S[plan.design])
        seconds = time.monotonic() - begun
        restarts = {name: program.restarts for name, program in here.programs.items()}
        if keep := os.environ.get("RACIMO_LAB_KEEP"):
            shutil.copytree(here.var / "log", keep, dirs_exist_ok=True)
        verdict = judge(here, tally.confirmed, backlog=backlog)
    slowest = max(tally.seconds, default=0.0)
    return Report(plan, verdict, tuple(done), tally.refusals, slowest, backlog_s, seconds, restarts)


def _hurt(here: Lab, plan: Plan, tally: Tally) -> list[str]:
    """Inject each fault when its share of the needs is confirmed."""
    random = Random(plan.seed)
    names = chosen(plan.faults, random)
    marks = sorted(random.uniform(0.05, 0.95) * plan.needs for _ in names)
    for name, mark in zip(names, marks, strict=True):
        while len(tally.confirmed) < mark:
            time.sleep(0.02)
        FAULTS[name](here, random)
    return names

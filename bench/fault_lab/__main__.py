"""Command line of the lab; see bench/faults.py."""

import argparse
import json
import sys

from bench.fault_lab.run import Plan, Report, run


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bench/faults.py",
        description="Kill, wipe and freeze real processes while needs are published; count losses.",
    )
    parser.add_argument("--seed", type=int, default=1, help="which faults, and when (default 1)")
    parser.add_argument("--faults", type=int, default=15, help="how many (default 15)")
    parser.add_argument("--needs", type=int, default=1500, help="how many (default 1500)")
    parser.add_argument("--poison", type=int, default=3, help="jobs that kill their worker")
    parser.add_argument(
        "--design", choices=["row", "naive"], default="row",
        help="naive: the broker is the record, as a control that the lab can see a loss",
    )  # fmt: skip
    plan = Plan(**vars(parser.parse_args()))
    if min(plan.faults, plan.needs, plan.poison) < 0 or plan.needs == 0:
        parser.error("--needs must be 1 or more, --faults and --poison 0 or more")
    report = run(plan)
    explain(report)
    print(json.dumps(report.line))
    return 0 if report.verdict.is_clean else 1


def explain(report: Report) -> None:
    found = report.verdict
    for name in sorted(set(report.faults)):
        print(f"{report.faults.count(name):3} x {name}")
    print(f"answers other than 200: {report.refusals or 'none'}")
    print(f"slowest publish {report.slowest_s:.2f} s; backlog empty after {report.backlog_s:.1f} s")
    print(f"restarts: {report.restarts}")
    print(f"mails lost {found.mails_lost}, sent again under their id {found.mails_repeated}")
    if found.backlog:
        print(f"left waiting: {found.backlog}")


if __name__ == "__main__":
    sys.exit(main())

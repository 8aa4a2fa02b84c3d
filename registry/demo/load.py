"""Making the demo world: what is there and unchanged is left alone."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from clusters.models import LoadedDataSet
from clusters.services.reference.files import digest_of
from common.jobs import enqueue
from firms.models import ImportKind, Organization
from programs.models import Program
from programs.services.sources.awards import read_awards, write_awards
from programs.services.sources.entries import CannotLoad
from programs.services.sources.files import read_files
from programs.services.sources.write import write_programs
from registry.demo.accounts import write_accounts
from registry.demo.begun import write_begun
from registry.demo.clusters import write_world
from registry.demo.codes import Codes
from registry.demo.entries import CannotLoadDemo, read_accounts, read_world
from registry.demo.introductions import write_introductions
from registry.demo.organizations import SOURCE, Moment
from registry.demo.registers import import_register

VERSION = 4  # raise it when the same files give another world
FRESH_FOR = dt.timedelta(days=60)  # then the dates of what was not touched are renewed
AGENCY = "agencia-fomento-ejemplo"
REGISTERS = {
    ImportKind.ROR: "ror.csv",
    ImportKind.ESTABLISHMENTS: "establishments.csv",
    ImportKind.CONTRACTS: "contracts.csv",
}
Tell = Callable[[str], None]


def load_demo(*, folder: Path, clock: Callable[[], dt.datetime], tell: Tell) -> bool:
    """Make the demo world or bring it up to date; answer whether there was anything to do.

    Raises:
        CannotLoadDemo: a file is missing or wrong, or names what is not loaded.
    """
    has_imported = [
        _register(kind, folder / "registers" / name, clock, tell)
        for kind, name in REGISTERS.items()
    ]
    has_written = _world(folder, clock, tell)
    return has_written or any(has_imported)


def _register(kind: ImportKind, path: Path, clock: Callable[[], dt.datetime], tell: Tell) -> bool:
    name, digest = f"demo-{kind}", digest_of(paths=[path], version=VERSION)
    if LoadedDataSet.objects.filter(name=name, digest=digest).exists():
        return False
    batch = import_register(kind, path, tell)
    _stamp(name, digest, batch.rows_done, clock())
    return True


@transaction.atomic
def _world(folder: Path, clock: Callable[[], dt.datetime], tell: Tell) -> bool:
    paths = sorted([*folder.glob("clusters/*.toml"), *folder.glob("programs/*.toml")])
    paths += [folder / name for name in ("accounts.toml", "awards.csv", "introductions.toml")]
    name, digest = "demo-world", digest_of(paths=paths, version=VERSION)
    before = LoadedDataSet.objects.select_for_update().filter(name=name).first()
    now = clock()
    if before and before.digest == digest and now - before.loaded_at < FRESH_FOR:
        return False
    codes, moment = Codes(), Moment(now, before.loaded_at if before else None)
    rows = sum(
        write_world(read_world(path), codes, moment)
        for path in sorted(folder.glob("clusters/*.toml"))
    )
    _write_program(folder / "programs", now)
    write_accounts(read_accounts(folder / "accounts.toml"), today=now.date())
    write_begun()
    write_introductions(folder / "introductions.toml", now=now)
    _ask_for_work()
    _stamp(name, digest, rows, clock())
    tell("clusters")
    return True


def _write_program(folder: Path, now: dt.datetime) -> None:
    """Give the demo agency its program."""
    try:
        entries = read_files(folder=folder, today=now.date())
        write_programs(source=SOURCE, entries=entries, now=now)
        awards = read_awards(folder.parent / "awards.csv")
    except CannotLoad as error:
        raise CannotLoadDemo(str(error)) from error
    agency = Organization.objects.get(source=SOURCE, source_ref=AGENCY)
    Program.objects.filter(source=SOURCE).update(agency=agency)
    write_awards(awards, source="Ejemplo inventado")


def _ask_for_work() -> None:
    """Have everything matched, and the programs of the demo organizations judged."""
    enqueue("listings.rebuild", 0, queue="bulk")
    for pk, revision in Organization.objects.filter(source=SOURCE).values_list("pk", "revision"):
        enqueue("organization.verdicts", pk, revision=revision, queue="bulk")


def _stamp(name: str, digest: str, rows: int, now: dt.datetime) -> None:
    LoadedDataSet.objects.update_or_create(
        name=name, defaults={"digest": digest, "rows": rows, "loaded_at": now}
    )

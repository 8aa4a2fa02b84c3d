"""ISIC Rev. 4, CPV 2008 and the Harmonized System, and the links between them."""

from pathlib import Path

from django.utils.translation import gettext as _

from clusters.models import Classification, ClassificationLink, Scheme
from clusters.services.reference.files import CannotLoadReference, chunks, rows_of

SCHEMES = {
    Scheme.ISIC4: "isic4.csv",
    Scheme.CPV2008: "cpv2008.csv",
    Scheme.HS: "hs.csv",
}
LINKS = "hs_isic4.csv"
FILES = (*SCHEMES.values(), LINKS)
LABELS = ("label_es", "label_pt", "label_en")
FIELDS = (*LABELS, "level", "parent", "path")
CHUNK = 1_000


def load_classifications(*, folder: Path) -> int:
    """Write the schemes of a folder over those that exist; return how many entries there are."""
    total = sum(_load_scheme(scheme, folder / name) for scheme, name in SCHEMES.items())
    _load_links(folder / LINKS)
    return total


def _load_scheme(scheme: Scheme, path: Path) -> int:
    entries = _tree(scheme, path)
    ids: dict[str, int] = {}
    for level in sorted({entry.level for entry in entries}):
        _write_level([entry for entry in entries if entry.level == level], ids)
    return len(entries)


def _tree(scheme: Scheme, path: Path) -> list[Classification]:
    """Read a scheme; a parent stands before its children, which take level and path from it."""
    entries: dict[str, Classification] = {}
    for row in rows_of(path=path, columns=("code", "parent", *LABELS)):
        above = entries.get(row["parent"])
        if row["parent"] and above is None:
            raise CannotLoadReference(
                _("%(file)s, código %(code)s: su superior %(parent)s no está antes.")
                % {"file": path.name, "code": row["code"], "parent": row["parent"]}
            )
        entries[row["code"]] = Classification(
            scheme=scheme,
            code=row["code"],
            level=above.level + 1 if above else 1,
            path=f"{above.path}/{row['code']}" if above else row["code"],
            **{label: row[label] for label in LABELS},
        )
    return list(entries.values())


def _write_level(entries: list[Classification], ids: dict[str, int]) -> None:
    """Write the entries of one level and add their ids, under their paths."""
    for chunk in chunks(rows=entries, size=CHUNK):
        for entry in chunk:
            entry.parent_id = ids.get(entry.path.rpartition("/")[0])
        written = Classification.objects.bulk_create(
            chunk,
            update_conflicts=True,
            unique_fields=["scheme", "code"],
            update_fields=FIELDS,
        )
        ids.update({entry.path: entry.pk for entry in written})


def _load_links(path: Path) -> None:
    products = _ids(Scheme.HS)
    activities = _ids(Scheme.ISIC4)
    rows = rows_of(path=path, columns=("hs", "isic4"))
    for chunk in chunks(rows=rows, size=CHUNK):
        try:
            links = [
                ClassificationLink(
                    source_id=products[row["hs"]], target_id=activities[row["isic4"]]
                )
                for row in chunk
            ]
        except KeyError as error:
            raise CannotLoadReference(
                _("%(file)s nombra un código desconocido: %(code)s.")
                % {"file": path.name, "code": error.args[0]}
            ) from error
        ClassificationLink.objects.bulk_create(links, ignore_conflicts=True)


def _ids(scheme: Scheme) -> dict[str, int]:
    return dict(Classification.objects.filter(scheme=scheme).values_list("code", "pk"))

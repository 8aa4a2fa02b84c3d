"""Files that prove a certificate: kept apart, forgotten with the row that names them."""

import datetime as dt

from django.core.files.storage import default_storage

from common.files import CheckedFile, forget_on_commit, keep_file
from firms.models import Certificate, Organization, OrganizationMerge

FOLDER = "certificates"
LEAST_AGE = dt.timedelta(days=1)  # a younger file may belong to a change that is not committed
UNDO = dt.timedelta(days=30)  # as long as a union of records can be undone


def set_evidence(certificate: Certificate, *, file: CheckedFile | None) -> None:
    """Put a file in the place of the one before, or none; the old one is forgotten."""
    forget_on_commit([certificate.evidence])
    certificate.evidence = keep_file(file, folder=FOLDER) if file else ""
    certificate.save(update_fields=["evidence", "updated_at"])


def forget_rows(organization: Organization, *, before: list[str]) -> None:
    """Forget the files of rows that went, once the change is committed."""
    forget_on_commit(set(before) - set(kept_evidence(organization)))


def kept_evidence(organization: Organization) -> list[str]:
    """Return the names of the files that an organization's certificates have."""
    rows = organization.certificates.exclude(evidence="")
    return list(rows.values_list("evidence", flat=True))


def forget_orphans(now: dt.datetime) -> int:
    """Forget files whose row went with its organization, unless a union may bring it back."""
    folder = f"private/{FOLDER}"
    if not default_storage.exists(folder):
        return 0
    files = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    kept = set(Certificate.objects.exclude(evidence="").values_list("evidence", flat=True))
    unions = OrganizationMerge.objects.filter(undone_at=None, merged_at__gte=now - UNDO)
    journals = " ".join(str(journal) for journal in unions.values_list("journal", flat=True))
    orphans = [
        key for key in files if key not in kept and key not in journals and _is_old(key, now)
    ]
    forget_on_commit(orphans)
    return len(orphans)


def _is_old(key: str, now: dt.datetime) -> bool:
    return default_storage.get_modified_time(key) < now - LEAST_AGE

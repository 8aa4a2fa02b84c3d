"""Standards that organizations can be certified against."""

from pathlib import Path

from django.utils.translation import gettext as _

from clusters.models import CertificateFamily, CertificateStandard
from clusters.services.reference.files import CannotLoadReference, rows_of

FILES = ("standards.csv",)
LABELS = ("label_es", "label_pt", "label_en")


def load_certificates(*, folder: Path) -> int:
    """Write the standards of a folder over those that exist; return how many there are."""
    rows = list(rows_of(path=folder / FILES[0], columns=("code", "family", *LABELS)))
    unknown = {row["family"] for row in rows} - set(CertificateFamily.values)
    if unknown:
        raise CannotLoadReference(
            _("standards.csv nombra familias desconocidas: %(families)s.")
            % {"families": ", ".join(sorted(unknown))}
        )
    CertificateStandard.objects.bulk_create(
        [CertificateStandard(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["family", *LABELS],
    )
    return len(rows)

"""Facts of a few offers side by side, as far as a reader may see them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from firms.models import Certificate, FieldGroup, Offer
from firms.policies import Actor, showing, visible_organizations


def certificates_shown(
    offers: Sequence[Offer], *, actor: Actor, today: dt.date
) -> dict[int, list[str]]:
    """Return the valid certificates by organization, of those that show them to the reader."""
    owners = [offer.organization_id for offer in offers if not offer.is_anonymous]
    shown = visible_organizations(actor).filter(
        showing(actor, FieldGroup.CERTIFICATES), pk__in=owners
    )
    rows = Certificate.objects.filter(organization__in=shown.values("pk")).valid_on(today)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("standard").order_by("standard__code", "pk"):
        name = row.standard.label.split(",")[0]
        if name not in found[row.organization_id]:
            found[row.organization_id].append(name)
    return found

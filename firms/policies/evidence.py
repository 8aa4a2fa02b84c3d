"""Who may open the file that proves a certificate."""

from django.db.models import QuerySet

from firms.models import Certificate, FieldGroup, Organization
from firms.policies.actors import Actor
from firms.policies.fields import visible_fields


def visible_evidence(actor: Actor, organization: Organization) -> QuerySet[Certificate]:
    """Return the certificates of an organization whose file a person may open."""
    rows = Certificate.objects.filter(organization=organization).exclude(evidence="")
    if FieldGroup.EVIDENCE in visible_fields(actor, organization):
        return rows
    return rows.none()

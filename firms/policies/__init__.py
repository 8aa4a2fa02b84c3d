"""Who may see and do what with organizations and their listings.

One function per question; pages, API, exports, feeds and mails ask here and nowhere else. What a
person may not see does not exist for them: callers get rows through these sets and answer 404.
"""

from firms.policies.actors import Actor
from firms.policies.claims import (
    claimable_organizations,
    claims_to_vouch,
    claims_with_documents,
    own_claims,
)
from firms.policies.clusters import (
    answerable_affiliations,
    can_manage_cluster,
    managed_clusters,
    may_found_clusters,
)
from firms.policies.contacts import (
    editable_contacts,
    revealable_contacts,
    views_of_contacts,
    visible_contacts,
)
from firms.policies.directory import visible_entries, visible_tallies
from firms.policies.evidence import visible_evidence
from firms.policies.fields import (
    CHANGEABLE,
    DEFAULT_LEVELS,
    Sight,
    levels_of,
    organizations_told,
    showing,
    sight_of,
    visible_fields,
)
from firms.policies.history import (
    changes_of_listing,
    changes_of_organization,
    organizations_with_history,
)
from firms.policies.listings import (
    editable_needs,
    editable_offers,
    knows_author,
    visible_needs,
    visible_offers,
)
from firms.policies.moderation import block_entries, is_party, moderated_cases, own_cases
from firms.policies.organizations import (
    EDITING_ROLES,
    can_administer,
    can_edit,
    editable_organizations,
    edits_with,
    organizations_of,
    role_in,
    visible_organizations,
)
from firms.policies.ownership import ownership_links_of
from firms.policies.people import (
    administered_organizations,
    can_invite_as,
    memberships_beside,
    open_invitations,
    own_memberships,
)
from firms.policies.wizard import (
    holder_shown_to,
    own_drafts,
    own_number_reviews,
    reviewable_numbers,
)

__all__ = [
    "CHANGEABLE",
    "DEFAULT_LEVELS",
    "EDITING_ROLES",
    "Actor",
    "Sight",
    "administered_organizations",
    "answerable_affiliations",
    "block_entries",
    "can_administer",
    "can_edit",
    "can_invite_as",
    "can_manage_cluster",
    "changes_of_listing",
    "changes_of_organization",
    "claimable_organizations",
    "claims_to_vouch",
    "claims_with_documents",
    "editable_contacts",
    "editable_needs",
    "editable_offers",
    "editable_organizations",
    "edits_with",
    "holder_shown_to",
    "is_party",
    "knows_author",
    "levels_of",
    "managed_clusters",
    "may_found_clusters",
    "memberships_beside",
    "moderated_cases",
    "open_invitations",
    "organizations_of",
    "organizations_told",
    "organizations_with_history",
    "own_cases",
    "own_claims",
    "own_drafts",
    "own_memberships",
    "own_number_reviews",
    "ownership_links_of",
    "revealable_contacts",
    "reviewable_numbers",
    "role_in",
    "showing",
    "sight_of",
    "views_of_contacts",
    "visible_contacts",
    "visible_entries",
    "visible_evidence",
    "visible_fields",
    "visible_needs",
    "visible_offers",
    "visible_organizations",
    "visible_tallies",
]

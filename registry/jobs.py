"""The tables that say which service does a kind of job, and who makes a kind of effect."""

from common.jobs import Handler, Work
from common.jobs.effects import Sender
from common.jobs.run import CANARY
from common.mail import deliver
from firms.exporting.writing import write_export
from firms.services.directory import tallies
from firms.services.duplicates.scan import scan_duplicates
from firms.services.imports.chunks import import_chunk
from firms.services.lifecycle.freshness import ask_to_confirm
from firms.services.lifecycle.settling import settle_closings
from firms.services.listing_clocks import warn_of_expiry
from firms.services.reviews import ask_for_reviews
from firms.services.spreadsheets.advancing import advance_spreadsheet
from matching.services.introductions.clock import tick
from matching.services.introductions.outcomes import ask_for_outcomes
from matching.services.jobs import (
    need_published,
    offer_published,
    organization_changed,
    widen_waves,
)
from matching.services.rebuild import rebuild_listings
from programs.services.refresh import refresh_call, refresh_organization, roll_over
from registry.digest.due import ask_for_digests
from registry.digest.writing import write_digest
from registry.privacy.copying import make_copies
from registry.privacy.erasing import erase_due
from registry.privacy.retention import keep_promises


def sing(_: Work) -> None:
    """Answer the canary: that this was claimed and committed is all there is to know."""


HANDLERS: dict[str, Handler] = {
    CANARY: sing,
    "need.match": need_published,
    "offer.match": offer_published,
    "organization.reproject": organization_changed,
    "listings.rebuild": rebuild_listings,
    "matches.widen": widen_waves,
    "organization.verdicts": refresh_organization,
    "call.verdicts": refresh_call,
    "import.contracts": import_chunk,
    "import.establishments": import_chunk,
    "import.ror": import_chunk,
    "spreadsheet.advance": advance_spreadsheet,
    "verdicts.roll_over": roll_over,
    "person.copy": make_copies,
    "person.erase": erase_due,
    "privacy.daily": keep_promises,
    "people.ask_review": ask_for_reviews,
    "introductions.clock": tick,
    "introductions.ask_outcomes": ask_for_outcomes,
    "duplicates.scan": scan_duplicates,
    "organizations.remind": ask_to_confirm,
    "listings.remind": warn_of_expiry,
    "organizations.settle": settle_closings,
    "digest.due": ask_for_digests,
    "digest.write": write_digest,
    "export.write": write_export,
    "directory.fold": tallies.fold,
    "directory.rebuild": tallies.rebuild,
    "directory.roll_over": tallies.roll_over,
}
SENDERS: dict[str, Sender] = {"mail": deliver}

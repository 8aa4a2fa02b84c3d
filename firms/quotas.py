"""How much may be done before an organization is verified: every limit in one place.

They bound what a stranger with a script costs others (mails, queues, the team's time). A verified
organization has none of those for listings, invitations and imports.
"""

OPEN_LISTINGS = 30  # published or paused at a time, of an organization that is not verified
OPEN_TECHNOLOGIES = 20  # offers of technology of an office, until it knows what became of some
TECHNOLOGIES_LEARNED = 5  # closed ones that lift that limit
INVITATIONS_PER_DAY = 20  # of an organization that is not verified
HELD_IMPORT_ROWS = 200  # an import with more rows waits for the team when it is not verified

CLAIMS_UNDECIDED = 5  # at a time, of a person
CLAIMS_PER_DAY = 10  # of a person
CODES_PER_HOUR = 3  # of a person
CODES_PER_DAY = 6  # of a person
CODES_PER_ORGANIZATION = 10  # a day, whoever asks: nobody's mailbox is filled by strangers
REPORTS_PER_DAY = 10  # of a person

OPEN_DRAFTS = 5  # registrations begun at a time, of a person
REGISTERED_PER_DAY = 3  # organizations, of a person

SAVED_SEARCHES = 50  # at a time, of a person
EXPORTS_PER_DAY = 20  # files made in the background, of a person
EXPORTS_PER_MINUTE = 6  # of either kind, of a person
EXPORTED_ROWS = 50_000  # in one file

"""Published registers as organizations, offers and needs: plain Python, no database, no clock.

A source turns a row of its file into a ``Record`` and all records about one organization into an
``OrganizationDraft``; ``firms.services.imports`` keeps the records and writes the drafts.
"""

"""Importing of published registers: a file is kept, a background job reads it in chunks.

First the rows: each is read, checked and kept as an ``ImportedRecord``, or rejected with a reason.
Then the organizations that changed rows speak about: each is computed anew from all of its records
and written over what was imported of it before. So a file can be imported again, in part, or after
a kill, and nothing is doubled. What people claimed or wrote is never touched.
"""

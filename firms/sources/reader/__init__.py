"""Reading of files that strangers send, in a process of its own that can do nothing else.

Standard library only, no Django, no settings, no environment: ``python -m`` with a file on standard
input gives JSON lines on standard output. What holds the process in is in ``jail``.
"""

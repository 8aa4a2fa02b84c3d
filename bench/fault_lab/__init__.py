"""A small world that is shot at: real PostgreSQL, Redis, Celery, sweeper and web server.

Needs are published over HTTP while processes are killed, frozen and wiped. At the end every
committed need must have been matched, once and completely, and nothing may be left waiting.
"""

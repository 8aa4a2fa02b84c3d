"""Metrics of clusters and territories: numbers in, numbers out.

Pure: no database, no clock, no settings. Each function states its definition, range and source, and
returns None where a number would be a lie (nothing to divide by, no variation, a disconnected
matrix); `envelope` wraps a value with its interval, n, coverage and status before anybody sees it.
Sources and the cases that the functions are held against are named in `docs/metrics.md`.
"""

"""Candidates of a need, narrowed in SQL."""

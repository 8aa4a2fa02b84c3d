"""Matches in the API."""

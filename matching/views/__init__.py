"""Matches as pages and panels."""

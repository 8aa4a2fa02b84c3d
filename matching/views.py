"""Matches as pages."""

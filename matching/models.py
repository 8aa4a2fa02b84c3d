"""Runs and matches."""

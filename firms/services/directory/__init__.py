"""Keeping what the directory counts, and drawing it on tiles."""

"""Measures over what the platform holds."""

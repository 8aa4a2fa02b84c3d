"""Use-cases of matching."""

"""Registering an organization step by step: drafts, the last step, numbers to look at."""

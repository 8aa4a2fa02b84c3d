"""The steps of a registration, and all of them together."""

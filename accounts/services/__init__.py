"""Use-cases of people and their tokens."""

"""Use-cases of programs and calls."""

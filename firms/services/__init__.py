"""Use-cases of organizations and listings."""

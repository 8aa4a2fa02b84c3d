"""Use-cases of places, classifications and clusters."""

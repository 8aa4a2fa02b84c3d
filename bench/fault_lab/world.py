"""Numbers that both sides of the lab know."""

SELLERS = 3  # each need fits the one offer of each

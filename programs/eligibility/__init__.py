"""Does an organization qualify? Plain Python: criteria and facts in, three-valued answers out."""

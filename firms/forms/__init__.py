"""What a request may contain about organizations, listings, people and clusters."""

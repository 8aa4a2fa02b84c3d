"""Pages of organizations, their listings, people and clusters."""

"""Organizations, offers and needs in the API."""

"""Places, classifications and clusters in the API."""

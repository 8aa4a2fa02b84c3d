"""Programs read from files, and written so that reading them again changes nothing."""

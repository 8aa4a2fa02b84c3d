"""What a saved search finds, by the rights of who asks at that moment."""

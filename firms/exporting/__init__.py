"""Files of what a list found, by the rights of who asks at that moment."""

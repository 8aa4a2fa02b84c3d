"""Orders, waves and logs that keep what is served fair."""

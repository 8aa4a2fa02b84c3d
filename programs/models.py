"""Programs, calls and criteria."""

"""One mail a person and period, of all that is new to them."""

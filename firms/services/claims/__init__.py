"""Claims: proofs, codes, vouching, disputes, and removing a record."""

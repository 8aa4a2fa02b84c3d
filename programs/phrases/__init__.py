"""Criteria and findings put into words, in the language of whoever reads."""

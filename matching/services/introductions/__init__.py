"""Introductions: asked for, answered, timed, and what came of them."""

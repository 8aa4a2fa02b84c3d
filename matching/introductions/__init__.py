"""The pure core of introductions: states, who may do what, clocks, limits and outcomes.

No database, no clock, no Django: times, zones and counts come in as arguments.
"""

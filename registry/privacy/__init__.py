"""What is held about people: listed, copied for them, and erased when they ask.

This stands above all apps, since every app holds something about people.
"""

"""Spreadsheets of organizations: read, understood, checked, imported and undone.

One kind of job moves a spreadsheet on, a chunk at a time, by the state that its row is in. What a
row will do is judged anew when it is done: rights, numbers and likeness may have changed since.
"""

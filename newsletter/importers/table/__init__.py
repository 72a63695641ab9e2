"""Tables with a row for each piece.

columns.py knows what columns are called, values.py what is in a cell; cells.py reads a row.
"""

"""What other people's databases hold, brought in: each of their items becomes a document.

An item (a row of a table, an entity of a database) is kept as JSON that holds its raw cells, the
file it stood in, and how that was read; text and record are made from those bytes alone. What a
database says is a claim of whoever publishes it, never a fact.
"""

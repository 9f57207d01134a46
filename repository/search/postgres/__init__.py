"""The engine past one machine: full text in PostgreSQL, one index for all nodes, seen by all as soon as it is written.

Texts are folded in Python by the normaliser that both engines share, so that both find the same. A document's words,
neighbouring pairs and accented words are lexemes of one ``tsvector`` under a GIN index; their weights are numbers of
one small array (``packing``), from which numpy works out the score of the best candidates. What the product asks of the
facets is counted over sets of values that many documents share (``facets``).

The tables are a cache, like the folder of the embedded engine: a schema of their own, made by a rebuild and swapped in
one transaction, so that no migration ever has to look after them and no backup has to hold them.
"""

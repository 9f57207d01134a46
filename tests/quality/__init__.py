"""How good search is: on our own library, and on real papers where they are present."""

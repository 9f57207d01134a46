"""What the other modules of this folder share."""

NONZERO = [n for n in range(-9, 10) if n]

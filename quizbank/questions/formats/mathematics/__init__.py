"""Mathematics between the forms that files carry it in: MathML, Word, MathType and LaTeX."""

"""Texts from strangers, made fit for a database: one space between words, NFC, no character that none can store."""

import unicodedata

UNSTORABLE = frozenset({"Cc", "Cs", "Cn"})


def tidy(text: str) -> str:
    """The text in one line; control characters, lone surrogates and unassigned ones are dropped."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(letter for letter in line if unicodedata.category(letter) not in UNSTORABLE)
    return unicodedata.normalize("NFC", line)

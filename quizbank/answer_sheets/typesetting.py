"""Typst for the sheets: its own fonts, an empty root, no date."""

import tempfile
from functools import lru_cache

import typst

SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\#$*_`@<>[]~/=+-\"'"})


def literal(text: str) -> str:
    """Text as Typst shows it unchanged, on one line."""
    return " ".join(text.split()).translate(SPECIAL)


def pdf_of(source: str) -> bytes:
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(source.encode(), root=empty, font_paths=own_fonts())
        made = compiler.compile(format="pdf")
    return made if isinstance(made, bytes) else b"".join(made or ())


@lru_cache(maxsize=1)
def own_fonts() -> typst.Fonts:
    """The fonts inside Typst, without those of the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)

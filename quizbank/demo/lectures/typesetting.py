"""Typst with its own fonts, no packages and an empty folder as its root: the same pages on every machine."""

import tempfile
from functools import lru_cache
from typing import Literal

import typst

SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\#$*_`@<>[]~/=+-\"'"})


def literal(text: str) -> str:
    """Text as Typst shows it unchanged."""
    return text.translate(SPECIAL)


def typeset(source: str, format: Literal["pdf", "png"] = "pdf", ppi: float = 96) -> list[bytes]:
    """The pages of a source: one PDF, or one PNG for each page."""
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(source.encode(), root=empty, font_paths=own_fonts())
        made = compiler.compile(format=format, ppi=ppi)
    return list(made) if isinstance(made, list) else [made or b""]


@lru_cache(maxsize=1)
def own_fonts() -> typst.Fonts:
    """The fonts inside Typst, without those of the machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)

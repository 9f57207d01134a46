"""Typst for tests: what a source sets, and where on which page."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import typst

from quizbank.quizzes.papers.typst_sources import layout_source

FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
WORD = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[a-z]+)*")


def set_source(source: str, shared: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a source that may import the layout."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, data in {"layout.typ": layout_source().encode(), **(shared or {})}.items():
            (root / name).write_bytes(data)
        (root / "main.typ").write_text(source, encoding="utf-8")
        made = typst.Compiler(root=root, font_paths=FONTS, ignore_system_fonts=True).compile(
            input=root / "main.typ", format="pdf"
        )
    assert isinstance(made, bytes)
    return made


def set_formulas(codes: Iterable[str]) -> bytes:
    lines = "".join(f'#eq({code}, "")\n\n' for code in codes)
    return set_source(f'#import "/layout.typ": *\n{lines}')


def words_of_code(code: str) -> set[str]:
    """The names in a piece of code, outside its strings."""
    bare = STRING.sub("", code)
    assert '"' not in bare
    assert not set(bare) & set("#$\\@<>[]`") - set("[]" if "[]" in bare else "")
    return set(WORD.findall(bare))

"""Labelled diagrams as PNG, drawn by Typst from ``assets/drawings``."""

from functools import lru_cache
from pathlib import Path

from quizbank.demo.lectures.typesetting import literal, typeset

FOLDER = Path(__file__).with_name("assets") / "drawings"
PAGE = "#set page(width: {width}cm, height: {height}cm, margin: 0cm, fill: white)\n"


@lru_cache(maxsize=1)
def shapes() -> str:
    """The small vocabulary that drawings and clips are made with; lengths in centimetres from the top left."""
    return (FOLDER / "shapes.typ").read_text(encoding="utf-8")


def drawing(name: str) -> bytes:
    body = (FOLDER / f"{name}.typ").read_text(encoding="utf-8")
    return typeset(PAGE.format(width=20, height=12) + shapes() + body, "png", ppi=110)[0]


def mind_map(centre: str, spokes: tuple[str, ...]) -> bytes:
    """One idea in the middle, up to six around it."""
    places = ((10, 1.5), (16.5, 3.5), (16.5, 8.5), (10, 10.5), (3.5, 8.5), (3.5, 3.5))
    lines, boxes = "", f"#block-at(7, 5, 6, 2, fill: green)[#text(fill: white, size: 10pt)[{literal(centre)}]]\n"
    for (x, y), words in zip(places, spokes, strict=False):
        lines += f"#segment(10, 6, {x}, {y}, stroke: 1pt + grey)\n"
        boxes += f"#block-at({x - 2.9}, {y - 0.8}, 5.8, 1.6, fill: soft)[#text(size: 9pt)[{literal(words)}]]\n"
    return typeset(PAGE.format(width=20, height=12) + shapes() + lines + boxes, "png", ppi=72)[0]

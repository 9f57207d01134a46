"""Texts in the markup of the bank as pieces of a Word document: lines and tables, with their widths.

A text is read once however many papers hold it. Every line of a source is a paragraph of its own: lines that are only
broken would be stretched where a paragraph is set to both margins.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import unescape

from lxml import etree, html
from lxml.etree import _Element

from quizbank.questions.formats.mathematics.mathml_to_omml import omml_of
from quizbank.questions.formats.word_body import (
    BLOCKS,
    ENTITY,
    MATH,
    PICTURE,
    UNPRINTABLE,
    item_mark,
    placed,
    span_of,
)
from quizbank.questions.formats.word_body import Style as Marks
from quizbank.quizzes.papers.word_pictures import Picture, Pictures
from quizbank.quizzes.papers.word_runs import Look, picture, run
from quizbank.quizzes.papers.word_widths import formula_width_em, text_width_em
from repository.markup import render

NARROW_EM = 9.0
TALL_PT = 40.0
"""A picture that is higher stands on a line of its own."""
_POINTS = re.compile(r"[.,;:?!)]+")
_DECLARATION = re.compile(r' xmlns:m="[^"]*"')
PLAIN = Marks()


@dataclass(frozen=True)
class Room:
    """The most that one picture may take."""

    width_pt: float
    height_pt: float

    @property
    def pair(self) -> tuple[float, float]:
        return self.width_pt, self.height_pt


@dataclass(frozen=True)
class Line:
    """What stands in one paragraph. Its width is ``width_em`` times the size of the letters plus ``width_pt``.

    ``stands_alone``: a picture or a formula on a line of its own, which is centred. ``is_item``: of a list.
    """

    xml: str
    width_em: float = 0.0
    width_pt: float = 0.0
    pictures: tuple[Picture, ...] = ()
    stands_alone: bool = False
    is_item: bool = False

    def width_at(self, size_pt: float) -> float:
        return self.width_em * size_pt + self.width_pt


@dataclass(frozen=True)
class Cell:
    """A cell of a table at its corner, with how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]
    is_head: bool

    @property
    def is_narrow(self) -> bool:
        """Whether it holds a figure or a word, which is centred."""
        is_label = self.column == 0 and not self.is_head
        return not is_label and all(line.width_em <= NARROW_EM for line in self.lines)


@dataclass(frozen=True)
class Grid:
    """A table."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


Piece = Line | Grid


class Texts:
    """Reads sources, each once for each room that its pictures have."""

    def __init__(self, media: Callable[[str], bytes]) -> None:
        self.pictures = Pictures(media)
        self.known: dict[tuple[str, Room], tuple[Piece, ...]] = {}

    def pieces_of(self, source: str, room: Room) -> tuple[Piece, ...]:
        name = source, room
        if name not in self.known:
            self.known[name] = self._read(source, room)
        return self.known[name]

    def _read(self, source: str, room: Room) -> tuple[Piece, ...]:
        formulas: list[_Element] = []

        def lifted(match: re.Match[str]) -> str:
            formulas.append(etree.fromstring(ENTITY.sub(lambda found: unescape(found[0]), match[0])))
            return f'<span data-math="{len(formulas) - 1}"></span>'

        text = MATH.sub(lifted, render(UNPRINTABLE.sub("", source)).html)
        if not text:
            return ()
        reader = _Reader(self.pictures, room, formulas)
        reader.children(html.fragment_fromstring(f"<div>{text}</div>"), PLAIN)
        reader.end_line()
        return tuple(reader.pieces)


@dataclass
class _Draft:
    """A line that is being read. ``kinds``: what is in it beside blanks: text, picture, display, formula."""

    xml: list[str] = field(default_factory=list)
    width_em: float = 0.0
    width_pt: float = 0.0
    pictures: list[Picture] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def line(self, *, is_item: bool) -> Line:
        alone = not is_item and (self.kinds == {"picture"} or self.kinds == {"display"})
        text = "".join(self.xml)
        text = f"<m:oMathPara>{text}</m:oMathPara>" if alone and self.is_one_formula() else text
        return Line(text, self.width_em, self.width_pt, tuple(self.pictures), alone, is_item)

    def is_one_formula(self) -> bool:
        return self.kinds == {"display"} and all(piece.startswith("<m:oMath>") for piece in self.xml)


class _Reader:
    """One text on its way into lines and tables."""

    def __init__(self, pictures: Pictures, room: Room, formulas: list[_Element]) -> None:
        self.pictures, self.room, self.formulas = pictures, room, formulas
        self.pieces: list[Piece] = []
        self.draft = _Draft()
        self.is_item = False
        self.stands_alone = False

    def end_line(self) -> None:
        if self.draft.kinds:
            self.pieces.append(self.draft.line(is_item=self.is_item))
        self.draft, self.stands_alone = _Draft(), False

    def begin_own_line(self) -> None:
        """What comes now has a line for itself, and for the full stop behind it."""
        self.end_line()
        self.stands_alone = True

    def after_own_line(self, text: str) -> str:
        """Begin a new line after what had one for itself; returns the text without what still belongs to that."""
        points = _POINTS.match(text)
        if points:
            self.draft.xml.append(run(points[0]))
        if points or text.strip():
            self.end_line()
        return text[points.end() :] if points else text

    def children(self, element: _Element, marks: Marks) -> None:
        self.text(element.text, marks)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, marks)
            self.text(child.tail, marks)

    def element(self, element: _Element, marks: Marks) -> None:
        tag = str(element.tag)
        number = element.get("data-math")
        if number is not None:
            self.formula(self.formulas[int(number)])
        elif tag == "br":
            self.end_line()
        elif tag == "img":
            self.picture(element)
        elif tag == "table":
            self.end_line()
            self.table(element)
        elif tag in BLOCKS:
            self.block(element, marks)
        else:
            self.children(element, marks.within(tag))

    def block(self, element: _Element, marks: Marks) -> None:
        self.end_line()
        if element.tag == "li":
            self.is_item = True
            self.text(f"{item_mark(element)} ", marks)
        self.children(element, marks.within("b") if str(element.tag).startswith("h") else marks)
        self.end_line()
        self.is_item = False

    def text(self, text: str | None, marks: Marks) -> None:
        text = re.sub(r"[ \t\n\r]+", " ", text or "")
        text = self.after_own_line(text) if self.stands_alone else text
        text = text if self.draft.kinds else text.lstrip(" ")
        if not text:
            return
        self.draft.xml.append(run(text, Look(marks.bold, marks.italic, marks.underline, marks.sub, marks.sup)))
        self.draft.width_em += text_width_em(text) * (0.65 if marks.sub or marks.sup else 1.05 if marks.bold else 1.0)
        if text.strip():
            self.draft.kinds.add("text")

    def formula(self, math: _Element) -> None:
        written = etree.tostring(omml_of(math), encoding="unicode", with_tail=False)
        is_display = math.get("display") == "block"
        if is_display or self.stands_alone:
            self.end_line()
        self.stands_alone = is_display
        self.draft.xml.append(_DECLARATION.sub("", written))
        self.draft.width_em += formula_width_em(math)
        self.draft.kinds.add("display" if is_display else "formula")

    def picture(self, element: _Element) -> None:
        found = PICTURE.fullmatch(element.get("src", ""))
        alt = element.get("alt", "")
        kept = self.pictures.find(found[1]) if found else None
        if kept is None:
            self.text(alt, PLAIN)
            return
        width, height = kept.size_pt(self.room.pair)
        if height > TALL_PT and self.draft.kinds - {"picture"}:
            self.begin_own_line()
        self.draft.xml.append(picture(kept.reference, width, height, alt))
        self.draft.pictures.append(kept)
        self.draft.width_pt += width
        self.draft.kinds.add("picture")
        self.stands_alone = height > TALL_PT

    def table(self, element: _Element) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
        columns = max((sum(span_of(cell, "colspan") for cell in row) for row in rows), default=0)
        if not columns:
            return
        cells = []
        for (row, column), cell in placed(rows):
            down, right = min(span_of(cell, "rowspan"), len(rows) - row), span_of(cell, "colspan")
            cells.append(Cell(row, column, down, min(right, columns - column), self.cell_lines(cell), cell.tag == "th"))
        self.pieces.append(Grid(len(rows), columns, tuple(cells)))

    def cell_lines(self, cell: _Element) -> tuple[Line, ...]:
        """The lines of a cell; a table inside it gives its own cells, one a line."""
        inner = _Reader(self.pictures, replace(self.room, width_pt=self.room.width_pt / 2), self.formulas)
        inner.children(cell, PLAIN.within(str(cell.tag)))
        inner.end_line()
        lines: list[Line] = []
        for piece in inner.pieces:
            lines += [piece] if isinstance(piece, Line) else [line for one in piece.cells for line in one.lines]
        return tuple(lines)

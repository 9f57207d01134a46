"""Turn a Word document into the lines of a paper, each with its place, and keep how the letters of options look."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from quizbank.questions.formats.text_key_tables import HEADING
from quizbank.questions.formats.text_lines import KEY, MAX_LINE, Line, lines_of, part_number_of
from quizbank.questions.formats.text_options import OPTION_START, STATEMENT_START
from quizbank.questions.formats.word_forms import Transcribed, questions_in_forms, questions_in_rows
from quizbank.questions.formats.word_inline import InlineReader, Piece
from quizbank.questions.formats.word_key_codes import codes_in, key_rows_of_code
from quizbank.questions.formats.word_key_tables import key_rows, unread_rows
from quizbank.questions.formats.word_lines import OptionLook, RawLine, lines_of_pieces, raw_line, write_line
from quizbank.questions.formats.word_looks import Look, Styles, is_paper, properties_of
from quizbank.questions.formats.word_marks import words_of
from quizbank.questions.formats.word_numbering import BULLET, Label, Numbering
from quizbank.questions.formats.word_objects import Objects
from quizbank.questions.formats.word_package import WordPackage
from quizbank.questions.formats.word_tables import (
    Cell,
    Table,
    digits_in_boxes,
    html_of_table,
    is_layout,
    judged_statements,
    option_lines,
)
from quizbank.questions.formats.word_xml import attribute, child, children, descendants, kind_of, number, value
from quizbank.questions.problems import Problem, problem

MAX_DEPTH = 30
MAX_PARAGRAPH = 50_000
_PASSING = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})


@dataclass(frozen=True)
class Note:
    """A problem that belongs to whatever question the line of that number is part of."""

    line: int
    problem: Problem


@dataclass
class Document:
    """The lines of a document as the text parser reads them."""

    lines: list[Line] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    looks: dict[tuple[int, str], OptionLook] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)

    def place_of(self, line: int) -> str:
        return self.places[line - 1] if 0 < line <= len(self.places) else ""


def read_document(package: WordPackage, objects: Objects) -> tuple[Document, dict[str, str]]:
    """The lines of the main part, and for each picture in them the path of its bytes in the package.

    Raises:
        Invalid: a part of the package can't be read.
    """
    reader = _Reader(package, objects)
    root = package.xml(package.main)
    if (body := child(root, "w:body")) is not None:
        reader.blocks(body)
    reader.end()
    return reader.document, reader.inline.pictures


class _Reader:
    def __init__(self, package: WordPackage, objects: Objects) -> None:
        self.document = Document()
        self.package, self.objects = package, objects
        self.styles = Styles(_part(package, "styles"))
        self.numbering = Numbering(_part(package, "numbering"))
        self.inline = InlineReader(package, self.styles, objects)
        self._paragraphs = self._tables = self._depth = 0
        self._held: list[Piece] = []
        self._problems: list[Problem] = []
        self._floating: list[Piece] = []
        self._beside: list[tuple[RawLine, str]] = []

    def blocks(self, blocks: Iterable[_Element]) -> None:
        for block in blocks:
            kind = kind_of(block)
            if kind == "w:p":
                self._paragraphs += 1
                self._add_paragraph(self.paragraph(block), f"paragraph {self._paragraphs}")
            elif kind == "w:tbl":
                self._tables += 1
                self._table(block, self._tables)
            elif kind in _PASSING:
                self.blocks(block)
            elif kind == "mc:AlternateContent":
                self.blocks(next(children(block, "mc:Choice"), []))
            elif kind == "w:altChunk":
                self._problems.append(problem("unreadable-part", what="phần chèn từ tệp khác (altChunk)"))
                self._add(raw_line(""), f"paragraph {self._paragraphs}")

    def end(self) -> None:
        """What is left: the text of a last paragraph whose end was deleted. A document has one line at least."""
        place = f"paragraph {max(self._paragraphs, 1)}"
        self._add_beside()
        if self._held or self._problems or not self.document.lines:
            held, self._held = self._held, []
            self._add_all(lines_of_pieces(held), place)

    def paragraph(self, paragraph: _Element) -> list[RawLine]:
        """The lines of a paragraph with its automatic number, and below them those of its text boxes."""
        properties = child(paragraph, "w:pPr")
        found = self.inline.read(paragraph)
        self._problems += found.problems
        self._floating += found.floating
        pieces = [*self._held, *found.pieces]
        self._held = []
        mark = child(properties, "w:rPr")
        if child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None:
            self._held = pieces
            return []
        label = self._label(properties) if found.pieces or found.boxes else None
        if label is not None:
            pieces.insert(0, self._labelled(label, properties, mark))
        shade = _shade_of(child(properties, "w:shd"))
        lines = lines_of_pieces(_shaded(self._bounded(pieces), shade))
        self._depth += 1
        for box in found.boxes if self._depth < MAX_DEPTH else ():
            lines += self._lines_in(box)
        self._depth -= 1
        return lines

    def _bounded(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces of a paragraph that anybody could have written; a longer one is cut, and says so."""
        if sum(len(piece.text) for piece in pieces) <= MAX_PARAGRAPH:
            return pieces
        self._problems.append(problem("too-long", limit=MAX_PARAGRAPH))
        kept: list[Piece] = []
        left = MAX_PARAGRAPH
        for piece in pieces:
            kept.append(Piece(piece.text[:left], piece.look))
            left -= len(kept[-1].text)
        return kept

    def _lines_in(self, holder: _Element) -> list[RawLine]:
        """The lines of a text box or a cell: its paragraphs, and the tables in it as text."""
        lines: list[RawLine] = []
        for block in holder:
            kind = kind_of(block)
            if kind == "w:p":
                lines += self.paragraph(block)
                lines += lines_of_pieces(self._floating) if self._floating else []
                self._floating = []
            elif kind == "w:tbl":
                lines += self._inner_table(block)
            elif kind in _PASSING:
                lines += self._lines_in(block)
        return lines

    def _inner_table(self, element: _Element) -> list[RawLine]:
        if self._depth >= MAX_DEPTH:
            return []
        self._depth += 1
        table = self._grid(element)
        self._depth -= 1
        if is_layout(table):
            return [line for _, line in option_lines(table)]
        return [raw_line(self.objects.table(html_of_table(table, self.objects)))]

    def _label(self, properties: _Element | None) -> Label | None:
        numbered = child(properties, "w:numPr")
        list_id, level = value(numbered, "w:numId"), number(value(numbered, "w:ilvl"))
        if not list_id:
            style = value(properties, "w:pStyle")
            list_id, styled = self.styles.numbering_of(style)
            linked = self.numbering.level_of_style(list_id, style) if list_id and style and styled is None else None
            level = next((found for found in (level, styled, linked) if found is not None), None)
        return self.numbering.label(list_id, level or 0) if list_id else None

    def _labelled(self, label: Label, properties: _Element | None, mark: _Element | None) -> Piece:
        """The automatic number as text; Word shows it in the looks of the paragraph's mark, but never underlined."""
        own = {**properties_of(mark), **label.properties}
        look = self.styles.look(value(properties, "w:pStyle"), own)._replace(underline=False, script="", hidden=False)
        return Piece(f"{label.text} ", look._replace(font="") if label.text == BULLET else look)

    def _table(self, element: _Element, count: int) -> None:
        self._add_beside()
        table = self._grid(element)
        is_below_heading = self._is_below_heading()
        rows = key_rows_of_code(table, self.objects, self._codes()) if self.document.lines else []
        if rows := rows or key_rows(table, self.objects, is_below_heading=is_below_heading):
            self._keys(rows, count)
        elif (questions := questions_in_rows(table) or questions_in_forms(table)) is not None:
            self._transcribed(questions, count)
        elif (judged := judged_statements(table)) is not None:
            for row, line in judged.statements:
                self._add(line, f"table {count}, row {row}")
            if judged.key:
                self._add(raw_line(f"Đáp án: {judged.key}"), f"table {count}, row 1")
        elif (digits := digits_in_boxes(table)) and self._is_below_key():
            self._add(raw_line(digits), f"table {count}, row 1")
        elif is_layout(table):
            for row, line in option_lines(table):
                self._add(line, f"table {count}, row {row}")
        elif is_below_heading:
            self._keys(unread_rows(table, self.objects), count)
        else:
            html = html_of_table(table, self.objects)
            self._add(raw_line(self.objects.table(html)), f"table {count}, row 1")

    def _codes(self) -> list[str]:
        """The variants that the document so far says it is, or else its headers and footers."""
        text = self.objects.expand("\n".join(line.text for line in self.document.lines))
        named = codes_in(re.sub(r"<[^>]*>", " ", text))
        return named or codes_in("\n".join(self._page_texts()))

    def _page_texts(self) -> Iterator[str]:
        relations = self.package.relations_of(self.package.main).values()
        for path in sorted({one.path for one in relations if one.kind in ("header", "footer") and not one.is_external}):
            root = self.package.xml(path)
            for paragraph in descendants(root, "w:p") if root is not None else ():
                yield "".join(text.text or "" for text in descendants(paragraph, "w:t"))

    def _is_below_heading(self) -> bool:
        """Whether ``ĐÁP ÁN`` for the whole paper stands above, perhaps with the name of a part between."""
        above = [line.text.strip() for line in self.document.lines[-6:] if line.text.strip()]
        while above and part_number_of(above[-1]) and not HEADING.fullmatch(above[-1]):
            above.pop()
        last = above[-1] if above else ""
        is_loud = last.isupper() and ":" not in last
        return HEADING.fullmatch(last) is not None and (is_loud or last.lower().startswith("bảng"))

    def _is_below_key(self) -> bool:
        """Whether the last line asks for a key and has none."""
        above = next((line.text for line in reversed(self.document.lines) if line.text.strip()), "")
        key = KEY.fullmatch(above)
        return key is not None and not key["value"].strip()

    def _keys(self, rows: list[str], count: int) -> None:
        """The rows of a key table below a heading, for the parser looks for one."""
        if not self._is_below_heading():
            self._add(raw_line("BẢNG ĐÁP ÁN"), f"table {count}, row 1")
        for row, text in enumerate(rows, start=1):
            self._add(raw_line(text), f"table {count}, row {row}")
        self._add(raw_line(""), f"table {count}, row {len(rows)}")

    def _transcribed(self, questions: list[Transcribed], count: int) -> None:
        for one in questions:
            self._problems += [problem("dropped", what=f"ô “{text}” của bảng") for text in one.dropped]
            self._add(one.line, f"table {count}, row {one.row}")

    def _grid(self, element: _Element) -> Table:
        rows: list[list[Cell]] = []
        reaching: dict[int, Cell] = {}
        for row in _rows_of(element):
            properties = child(row, "w:trPr")
            is_header = child(properties, "w:tblHeader") is not None
            cells: list[Cell] = []
            column = number(value(properties, "w:gridBefore")) or 0
            for item in _cells_of(row):
                cell = self._cell(item, is_header)
                above = reaching.get(column)
                if cell.is_continued and above is not None:
                    above.rows += 1
                else:
                    cell.is_continued = False
                    reaching[column] = cell
                cells.append(cell)
                column += cell.columns
            rows.append(cells)
        return Table(rows)

    def _cell(self, element: _Element, is_header: bool) -> Cell:
        properties = child(element, "w:tcPr")
        merge = child(properties, "w:vMerge")
        shade = _shade_of(child(properties, "w:shd"))
        self._depth += 1
        lines = self._lines_in(element) if self._depth < MAX_DEPTH else []
        self._depth -= 1
        if shade:
            lines = [RawLine(line.text, tuple(_with_shade(look, shade) for look in line.looks)) for line in lines]
        is_continued = merge is not None and (attribute(merge, "val") or "continue") != "restart"
        return Cell(lines, max(1, number(value(properties, "w:gridSpan")) or 1), 1, is_header, is_continued)

    def _add_paragraph(self, lines: list[RawLine], place: str) -> None:
        """Add the lines of a paragraph; a picture that floats beside options comes below the last of them."""
        floating, self._floating = lines_of_pieces(self._floating) if self._floating else [], []
        first = next((line.text for line in lines if not line.is_blank), "")
        option = OPTION_START.match(first) or STATEMENT_START.match(first)
        if option and floating and len(lines) == 1 and not first[option.end() :].strip():
            lines, floating = [lines[0] + floating[0]], []
        if not option:
            self._add_beside()
        self._add_all(lines, place)
        self._beside += [(line, place) for line in floating]
        if not option:
            self._add_beside()

    def _add_beside(self) -> None:
        beside, self._beside = self._beside, []
        for line, place in beside:
            self._add(line, place)

    def _add_all(self, lines: list[RawLine], place: str) -> None:
        for line in lines or [raw_line("")]:
            self._add(line, place)

    def _add(self, line: RawLine, place: str) -> None:
        written = write_line(line, self.objects)
        for one in (
            lines_of(written.text) if len(written.text) <= MAX_LINE else [Line(0, written.text[:MAX_LINE], True)]
        ):
            count = len(self.document.lines) + 1
            self.document.lines.append(Line(count, one.text, one.is_cut))
            self.document.places.append(place)
            self.document.notes += [Note(count, found) for found in self._problems]
            self._problems = []
            for letter, look in written.options.items():
                self.document.looks[count, letter] = look
            if marks := "; ".join(
                f"{letter} {words}" for letter, look in written.options.items() if (words := words_of(look))
            ):
                self.document.marks[count] = marks


def _part(package: WordPackage, kind: str) -> _Element | None:
    path = package.related(package.main, kind)
    return package.xml(path) if path else None


def _rows_of(table: _Element) -> Iterator[_Element]:
    for item in table:
        if kind_of(item) == "w:tr":
            if child(child(item, "w:trPr"), "w:del") is None:
                yield item
        elif kind_of(item) in _PASSING:
            yield from _rows_of(item)


def _cells_of(row: _Element) -> Iterator[_Element]:
    for item in row:
        if kind_of(item) == "w:tc":
            yield item
        elif kind_of(item) in _PASSING:
            yield from _cells_of(item)


def _shade_of(element: _Element | None) -> str:
    fill = (attribute(element, "fill") or "").lower() if element is not None else ""
    return "" if is_paper(fill) else fill


def _with_shade(look: Look, shade: str) -> Look:
    return look if look.shade else look._replace(shade=shade)


def _shaded(pieces: list[Piece], shade: str) -> list[Piece]:
    return [Piece(piece.text, _with_shade(piece.look, shade)) for piece in pieces] if shade else pieces

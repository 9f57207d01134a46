"""The markup of questions as the body of a Word document: runs, native equations, pictures and tables."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from docx.document import Document
from docx.shared import Cm, Emu
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree, html
from lxml.etree import _Element
from PIL import Image

from quizbank.questions.formats.mathematics.mathml_to_omml import omml_of
from repository.markup import render

TEXT_WIDTH = Cm(16)
EMU_PER_PIXEL = 9525
MATH = re.compile(r"<math[ >].*?</math>", re.DOTALL)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)\w+;")
PICTURE = re.compile(r"/media/([0-9a-f]{64})")
BLOCKS = frozenset({"p", "div", "blockquote", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dt", "dd", "figure"})
LISTS = frozenset({"ul", "ol", "dl"})
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Style:
    """How the letters of a run look."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    sub: bool = False
    sup: bool = False

    def within(self, tag: str) -> "Style":
        """The style inside an element."""
        match tag:
            case "b" | "strong" | "th":
                return replace(self, bold=True)
            case "i" | "em" | "cite":
                return replace(self, italic=True)
            case "u" | "ins":
                return replace(self, underline=True)
            case "sub":
                return replace(self, sub=True)
            case "sup":
                return replace(self, sup=True)
            case _:
                return self


PLAIN = Style()


class Body:
    """Writes texts at the end of a document, each beginning in the paragraph that it is given.

    Args:
        container: the document, or a cell of a table.
        media: SHA-256 -> bytes of a kept picture.
    """

    def __init__(self, container: Document | _Cell, media: Callable[[str], bytes]) -> None:
        self.container = container
        self.media = media

    def paragraph(self) -> Paragraph:
        return self.container.add_paragraph()

    def write(self, source: str, paragraph: Paragraph) -> None:
        """Write a text of the markup; what is no longer on its first line goes to paragraphs below."""
        formulas: list[_Element] = []

        def lifted(match: re.Match[str]) -> str:
            formulas.append(etree.fromstring(ENTITY.sub(lambda found: unescape(found[0]), match[0])))
            return f'<span data-math="{len(formulas) - 1}"></span>'

        text = MATH.sub(lifted, render(UNPRINTABLE.sub("", source)).html)
        root = html.fragment_fromstring(f"<div>{text}</div>") if text else None
        if root is not None:
            _Writer(self, paragraph, formulas).children(root, PLAIN)


class _Writer:
    """One text on its way into paragraphs."""

    def __init__(self, body: Body, paragraph: Paragraph, formulas: list[_Element]) -> None:
        self.body = body
        self.at: Paragraph | None = paragraph
        self.formulas = formulas
        self.is_begun = False

    def here(self) -> Paragraph:
        """The paragraph that is being written; a new one below a block."""
        if self.at is None:
            self.at = self.body.paragraph()
        self.is_begun = True
        return self.at

    def end(self) -> None:
        """End the paragraph, unless nothing was written yet."""
        if self.is_begun:
            self.at = None

    def children(self, element: _Element, style: Style) -> None:
        self.text(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, style)
            self.text(child.tail, style)

    def element(self, element: _Element, style: Style) -> None:
        tag = str(element.tag)
        number = element.get("data-math")
        if number is not None:
            self.here()._p.append(omml_of(self.formulas[int(number)]))
        elif tag == "br":
            self.here().add_run().add_break()
        elif tag == "img":
            self.picture(element)
        elif tag == "table":
            self.table(element)
        elif tag in BLOCKS:
            self.end()
            if tag == "li":
                self.text(f"{item_mark(element)} ", style)
            self.children(element, style)
            self.end()
        else:
            self.children(element, style.within(tag))

    def text(self, text: str | None, style: Style) -> None:
        text = re.sub(r"[ \t\n\r]+", " ", text or "")
        if not text or (text == " " and (self.at is None or not self.is_begun)):
            return
        run = self.here().add_run(text)
        run.bold, run.italic = style.bold or None, style.italic or None
        run.underline = style.underline or None
        if style.sub:
            run.font.subscript = True
        elif style.sup:
            run.font.superscript = True

    def picture(self, element: _Element) -> None:
        found = PICTURE.fullmatch(element.get("src", ""))
        if found is None:
            self.text(element.get("alt", ""), PLAIN)
            return
        data = self.body.media(found[1])
        made = self.here().add_run().add_picture(io.BytesIO(as_png(data)), width=width_of(data))
        made._inline.docPr.set("descr", element.get("alt", ""))

    def table(self, element: _Element) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
        columns = max((sum(span_of(cell, "colspan") for cell in row) for row in rows), default=0)
        if not columns:
            return
        table = self.body.container.add_table(rows=len(rows), cols=columns, **wide(self.body.container))
        if isinstance(self.body.container, Document):
            table.style = "Table Grid"
        for (top, left), cell in placed(rows):
            down, right = top + span_of(cell, "rowspan") - 1, left + span_of(cell, "colspan") - 1
            box = table.cell(top, left).merge(table.cell(min(down, len(rows) - 1), min(right, columns - 1)))
            inner = _Writer(Body(box, self.body.media), box.paragraphs[0], self.formulas)
            inner.children(cell, PLAIN.within(str(cell.tag)))
        self.at, self.is_begun = None, True


def wide(container: Document | _Cell) -> dict[str, Any]:
    return {"width": TEXT_WIDTH} if isinstance(container, _Cell) else {}


def placed(rows: list[list[_Element]]) -> Iterator[tuple[tuple[int, int], _Element]]:
    """Every cell with the row and column of its corner, where cells may reach over several."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            taken |= {
                (top + down, left + right)
                for down in range(span_of(cell, "rowspan"))
                for right in range(span_of(cell, "colspan"))
            }
            yield (top, left), cell


def span_of(cell: _Element, name: str) -> int:
    return int(cell.get(name, "1"))


def item_mark(item: _Element) -> str:
    """The mark of a list's item: its number, or a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    return f"{int(parent.get('start', '1')) + list(parent.iterchildren('li')).index(item)}."


def as_png(data: bytes) -> bytes:
    """The picture in a form that Word knows: PNG, JPEG and GIF as they are, WebP as PNG."""
    with Image.open(io.BytesIO(data)) as image:
        if image.format in {"PNG", "JPEG", "GIF"}:
            return data
        output = io.BytesIO()
        image.save(output, "PNG")
        return output.getvalue()


def width_of(data: bytes) -> Emu:
    """A picture's own width, or that of the text where it is wider."""
    with Image.open(io.BytesIO(data)) as image:
        return Emu(min(image.size[0] * EMU_PER_PIXEL, TEXT_WIDTH))

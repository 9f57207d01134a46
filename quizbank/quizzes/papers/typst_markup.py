"""The markup of questions as code of Typst: arrays of blocks for the functions of ``layout.typ``.

Whatever an author wrote ends up in string literals, so that nothing of it can be read as code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from lxml import etree, html
from lxml.etree import _Element

from quizbank.questions.formats.mathematics.mathml_to_typst import typst_of
from quizbank.questions.formats.mathematics.mathml_tree import UnreadableMathml
from quizbank.questions.formats.mathematics.typst_signs import literal
from repository.markup import render

MATH = re.compile(r"<math[ >].*?</math>", re.DOTALL)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)\w+;")
ANNOTATION = re.compile(r"<annotation[^>]*>(.*?)</annotation>", re.DOTALL)
PICTURE = re.compile(r"/media/([0-9a-f]{64})")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONG_WORD = re.compile(r"\S{36}(?=\S)")
TALL = re.compile(r"math\.(?:frac|binom|vec|root|cases)|lay\(|lim\(|xarr\(|boxed\(|[∫∬∭∮∑∏⋃⋂]")
MINUS = re.compile(r"(?<![\w.,;:)\]'’/-])-(?=\d)")
"""A hyphen that stands for a minus, before a number and after nothing that it could join to it."""
BLOCKS = frozenset({"p", "div", "li", "dt", "dd", "caption"})
LOOKS = {
    **dict.fromkeys(("b", "strong", "th"), "strong"),
    **dict.fromkeys(("i", "em"), "emph"),
    "u": "underline",
    "s": "strike",
    "sub": "sub",
    "sup": "super",
    "code": "code",
}
MAX_DEPTH = 24
INLINE_PT = 20.0
"""Pictures up to this height stand in the line."""
NARROW_LETTERS = 24
LETTERS_A_LINE, LINES_OF_A_BLOCK = 60, 20


@dataclass(frozen=True)
class Picture:
    """A picture in the root of the compiler, and its natural size in points."""

    path: str
    width_pt: float
    height_pt: float


FindPicture = Callable[[str], Picture | None]


@dataclass(frozen=True)
class TypstText:
    """A text as blocks of ``layout.typ``: ``(kind, code)``. ``losses``: what could not be set as it was meant."""

    blocks: tuple[tuple[str, str], ...]
    losses: tuple[str, ...] = ()
    letters: int = 0

    @property
    def code(self) -> str:
        return f"({''.join(f'({literal(kind)}, {code}), ' for kind, code in self.blocks)})"

    @property
    def lines(self) -> int:
        """About how many lines of plain text it takes, rather too many than too few."""
        blocks = sum(LINES_OF_A_BLOCK for kind, _ in self.blocks if kind in {"block", "figure"})
        breaks = sum(code.count("linebreak()") for _, code in self.blocks)
        tall = sum(code.count("tall(") * (1 + code.count("lay(")) for _, code in self.blocks)
        return blocks + breaks + 2 * tall + len(self.blocks) + self.letters // LETTERS_A_LINE

    @property
    def may_share(self) -> bool:
        """Whether it may stand beside others in a line: one paragraph without line breaks."""
        return len(self.blocks) < 2 and all(kind == "p" for kind, _ in self.blocks)


@dataclass(frozen=True)
class PictureLimits:
    """How large pictures may become on paper, in points."""

    width_pt: float = 300.0
    height_pt: float = 165.0


STEM_LIMITS = PictureLimits()
OPTION_LIMITS = PictureLimits(200.0, 110.0)


def typst_text(
    source: str, find_picture: FindPicture, limits: PictureLimits = STEM_LIMITS, *, keeps_pictures_in_line: bool = False
) -> TypstText:
    """A text of the markup for the printer.

    Args:
        find_picture: SHA-256 -> the picture, or None where there is none.
        keeps_pictures_in_line: large pictures stand in the line too, as options need it.
    """
    formulas: list[str] = []

    def lifted(match: re.Match[str]) -> str:
        formulas.append(match[0])
        return f'<span data-math="{len(formulas) - 1}"></span>'

    rendered = render(UNPRINTABLE.sub("", source))
    text = MATH.sub(lifted, rendered.html)
    writer = _Writer(find_picture, limits, formulas, keeps_pictures_in_line=keeps_pictures_in_line)
    if text:
        writer.children(html.fragment_fromstring(f"<div>{text}</div>"))
    writer.end()
    return TypstText(tuple(writer.blocks), tuple(writer.losses), len(rendered.text))


@lru_cache(maxsize=8_192)
def formula_code(mathml: str) -> tuple[str, str]:
    """A formula as a call of ``layout.typ``, and what was lost: its source stands as text where it can't be set."""
    tex = unescape(found[1]) if (found := ANNOTATION.search(mathml)) else ""
    try:
        math = etree.fromstring(ENTITY.sub(lambda entity: unescape(entity[0]), mathml))
        code = typst_of(math)
    except (UnreadableMathml, etree.XMLSyntaxError):
        return f"code({literal(tex)})", tex
    kind = "display" if math.get("display") == "block" else "tall" if TALL.search(code) else "eq"
    return f"{kind}({code}, {literal(tex)})", ""


@dataclass
class _Writer:
    """One text on its way: ``line`` is the paragraph being written."""

    find_picture: FindPicture
    limits: PictureLimits
    formulas: list[str]
    keeps_pictures_in_line: bool = False
    blocks: list[tuple[str, str]] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    depth: int = 0

    def end(self) -> None:
        """End the paragraph."""
        while self.line and self.line[-1] in {"linebreak()", '" "'}:
            self.line.pop()
        while self.line and self.line[0] in {"linebreak()", '" "'}:
            self.line.pop(0)
        if self.line:
            kind = "lines" if "linebreak()" in self.line else "p"
            self.blocks.append((kind, joined(self.line)))
        self.line.clear()

    def block(self, kind: str, code: str) -> None:
        self.end()
        self.blocks.append((kind, code))

    def children(self, element: _Element) -> None:
        self.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            self.text(child.tail)

    def element(self, element: _Element) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.text("".join(map(str, element.itertext())))
        else:
            self.known_element(element)
        self.depth -= 1

    def known_element(self, element: _Element) -> None:
        tag = str(element.tag)
        number = element.get("data-math")
        if number is not None:
            self.formula(self.formulas[int(number)])
        elif tag == "br":
            self.line.append("linebreak()")
        elif tag == "img":
            self.picture(element)
        elif tag == "table":
            self.table(element)
        elif tag in {"ul", "ol"}:
            self.list(element)
        elif tag == "blockquote":
            self.block("block", f"quoted({self.inside(element)})")
        elif tag == "pre":
            self.block("block", f"listing({literal(''.join(map(str, element.itertext())).strip(chr(10)))})")
        elif tag in BLOCKS:
            self.end()
            self.children(element)
            self.end()
        elif tag in LOOKS:
            self.styled(element, LOOKS[tag])
        else:
            self.children(element)

    def text(self, text: str | None) -> None:
        text = re.sub(r"[ \t\n\r]+", " ", text or "")
        at_start = not self.line or self.line[-1] == "linebreak()"
        text = text.lstrip(" ") if at_start else text
        if text:
            text = MINUS.sub("−", text)
            self.line.append(literal(LONG_WORD.sub("\\g<0>\u200b", text)))

    def formula(self, mathml: str) -> None:
        code, lost = formula_code(mathml)
        if lost:
            self.losses.append(lost)
        if code.startswith("display("):
            self.block("block", code)
        else:
            self.line.append(code)

    def styled(self, element: _Element, look: str) -> None:
        """A run with a look. Blocks in it (a bold table) end it, and it goes on after them."""
        outer, self.line = self.line, []
        before = len(self.blocks)
        self.children(element)
        if len(self.blocks) > before:
            inner, self.line = self.line, outer
            after = self.blocks[before:]
            del self.blocks[before:]
            self.end()
            self.blocks += after
            self.line = inner
            return
        inner, self.line = self.line, outer
        if inner:
            self.line.append(f"{look}({joined(inner)})")

    def picture(self, element: _Element) -> None:
        alt = element.get("alt", "")
        found = PICTURE.fullmatch(element.get("src", ""))
        picture = self.find_picture(found[1]) if found else None
        if picture is None:
            self.losses.append(f"![{alt}]")
            self.text(f"[{alt or 'hình'}]")
            return
        scale = min(1.0, self.limits.width_pt / picture.width_pt, self.limits.height_pt / picture.height_pt)
        width, height = f"{picture.width_pt * scale:.2f}pt", f"{picture.height_pt * scale:.2f}pt"
        arguments = f"({literal(picture.path)}, {width}, {height}, {literal(alt or 'hình')})"
        if picture.height_pt * scale <= INLINE_PT:
            self.line.append(f"small{arguments}")
        elif self.keeps_pictures_in_line:
            self.line.append(f"picture{arguments}")
        else:
            self.end()
            if self.blocks and self.blocks[-1][0] == "figure":
                beside = self.blocks.pop()[1].removesuffix(")")
                self.blocks.append(("figure", f"{beside}, picture{arguments})"))
            else:
                self.blocks.append(("figure", f"figures(picture{arguments})"))

    def list(self, element: _Element) -> None:
        items = [child for child in element if child.tag == "li"]
        first = int(element.get("start", "1"))
        for place, item in enumerate(items):
            mark = f"{first + place}." if element.tag == "ol" else "•"
            self.block("block", f"item({literal(mark)}, {self.inside(item)})")

    def inside(self, element: _Element) -> str:
        """The content of a cell, an item or a quotation as one expression."""
        inner = _Writer(self.find_picture, self.limits, self.formulas, keeps_pictures_in_line=True, depth=self.depth)
        inner.children(element)
        inner.end()
        self.losses += inner.losses
        codes = [code for _, code in inner.blocks]
        if len(codes) < 2:
            return codes[0] if codes else "[]"
        pieces = [f"par({code})" if kind in {"p", "lines"} else code for kind, code in inner.blocks]
        return f"{{{'; '.join(pieces)}}}"

    def table(self, element: _Element) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
        columns = max((sum(span_of(cell, "colspan") for cell in row) for row in rows), default=0)
        if not columns:
            return
        cells = []
        for box, cell in placed(rows, columns):
            inside = self.inside(cell)
            inside = f"strong({inside})" if cell.tag == "th" else inside
            cells.append(f"table.cell(x: {box.left}, y: {box.top}{box.spans}, {inside})")
        longest = max((len("".join(map(str, cell.itertext()))) for row in rows for cell in row), default=0)
        centred = "true" if longest <= NARROW_LETTERS else "false"
        self.block("block", f"grid-table({columns}, {centred}, {', '.join(cells)})")


def joined(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{{{'; '.join(codes)}}}"


@dataclass(frozen=True)
class Box:
    """Where a cell stands in its table, and over how many rows and columns it reaches."""

    top: int
    left: int
    down: int
    across: int

    @property
    def spans(self) -> str:
        rows = f", rowspan: {self.down}" if self.down > 1 else ""
        return rows + (f", colspan: {self.across}" if self.across > 1 else "")

    @property
    def places(self) -> set[tuple[int, int]]:
        return {(self.top + down, self.left + right) for down in range(self.down) for right in range(self.across)}


def placed(rows: list[list[_Element]], columns: int) -> Iterator[tuple[Box, _Element]]:
    """Every cell with its box; none leaves the table, and no two overlap."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            if left >= columns:
                break
            wished = min(span_of(cell, "colspan"), columns - left)
            across = next((right for right in range(wished) if (top, left + right) in taken), wished)
            box = Box(top, left, min(span_of(cell, "rowspan"), len(rows) - top), across)
            taken |= box.places
            yield box, cell


def span_of(cell: _Element, name: str) -> int:
    return int(cell.get(name, "1"))

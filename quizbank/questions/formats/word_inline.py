"""Read the inside of a Word paragraph: runs, fields, formulas, pictures, changes. One object serves a document."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from quizbank.questions.formats.legacy_fonts import decoded
from quizbank.questions.formats.mathematics.omml_to_latex import latex_of_omml
from quizbank.questions.formats.word_equations import is_equation, latex_of_equation
from quizbank.questions.formats.word_fields import equation_in_field, symbol_in_field
from quizbank.questions.formats.word_looks import PLAIN, Look, Styles, properties_of
from quizbank.questions.formats.word_objects import Objects, clean_alt, without_objects
from quizbank.questions.formats.word_package import WordPackage
from quizbank.questions.formats.word_pictures import look_into
from quizbank.questions.formats.word_xml import attribute, child, descendants, kind_of, value
from quizbank.questions.problems import Problem, problem

MAX_DEPTH = 100
_KNOWN_DRAWINGS = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "a14", "pic", "v", "wne", "o"})
_CONTAINERS = frozenset(
    {"w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdtContent", "w:customXml", "w:dir", "w:bdo", "w:sdt"}
    | {"w:ruby", "w:rubyBase"}
)


class Piece(NamedTuple):
    """Characters of one look; ``\\n`` ends a line, an object is a character of ``word_objects``."""

    text: str
    look: Look


@dataclass
class _Field:
    instruction: str = ""
    is_result: bool = False


@dataclass
class Inline:
    """What a paragraph held. ``floating`` pictures lie beside its text, wherever the page has room."""

    pieces: list[Piece] = field(default_factory=list)
    floating: list[Piece] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, found: Problem) -> None:
        if found not in self.problems:
            self.problems.append(found)


class InlineReader:
    """Reads paragraphs of one part after the other, for a field may begin in one and end in the next."""

    def __init__(self, package: WordPackage, styles: Styles, objects: Objects) -> None:
        self.package, self.styles, self.objects = package, styles, objects
        self.pictures: dict[str, str] = {}
        self._fields: list[_Field] = []
        self._notes = {
            kind: _notes_in(package.xml(path)) if (path := package.related(package.main, kind)) else {}
            for kind in ("footnotes", "endnotes")
        }
        self._style: str | None = None
        self._found = Inline()
        self._depth = 0
        self._part = package.main

    def read(self, paragraph: _Element) -> Inline:
        """The pieces of a ``w:p`` with the looks of its style."""
        outer, self._found = (self._style, self._found), Inline()
        self._style = value(child(paragraph, "w:pPr"), "w:pStyle")
        self._children(paragraph)
        for unended in self._fields:
            unended.is_result = True
        found, (self._style, self._found) = self._found, outer
        return found

    def look_of(self, properties: _Element | None) -> Look:
        return self.styles.look(self._style, properties_of(properties))

    def _children(self, element: _Element) -> None:
        self._depth += 1
        if self._depth <= MAX_DEPTH:
            for item in element:
                self._one(item)
        self._depth -= 1

    def _one(self, item: _Element) -> None:
        kind = kind_of(item)
        if kind == "w:r":
            self._run(item)
        elif kind in ("m:oMath", "m:oMathPara"):
            self._formula(item)
        elif kind == "w:fldSimple":
            self._simple_field(item)
        elif kind == "mc:AlternateContent":
            self._alternate(item, self._one)
        elif kind in ("w:del", "w:moveFrom"):
            if kind == "w:del" and any(True for _ in descendants(item, "w:delText")):
                self._found.note(problem("dropped", what="đoạn đã xoá khi theo dõi thay đổi"))
        elif kind in _CONTAINERS:
            self._children(item)

    def _alternate(self, item: _Element, read: Callable[[_Element], None]) -> None:
        """Of the alternatives exactly one: the first that is understood, else the fallback."""
        for choice in item:
            if kind_of(choice) == "mc:Choice":
                needs = set((attribute(choice, "Requires") or "").split())
                is_useful = all(look_into(inside).is_empty is False for inside in descendants(choice, "w:drawing"))
                if not (needs <= _KNOWN_DRAWINGS and is_useful):
                    continue
            elif kind_of(choice) != "mc:Fallback":
                continue
            for inside in choice:
                read(inside)
            return

    def _run(self, run: _Element) -> None:
        look = self.look_of(child(run, "w:rPr"))
        if look.hidden:
            if any((text.text or "").strip() for text in descendants(run, "w:t")):
                self._found.note(problem("dropped", what="chữ ẩn"))
            return
        for item in run:
            self._in_run(item, look)

    def _in_run(self, item: _Element, look: Look) -> None:
        kind = kind_of(item)
        if kind == "w:t":
            self._add(without_objects((item.text or "").translate(_BLANKS)), look)
        elif (fixed := _FIXED.get(kind)) is not None:
            self._add(fixed, look)
        elif kind == "w:sym":
            self._symbol(item, look)
        elif kind == "w:fldChar":
            self._field_mark(attribute(item, "fldCharType") or "", look)
        elif kind == "w:instrText" and self._fields:
            self._fields[-1].instruction += item.text or ""
        elif kind in ("w:drawing", "w:pict", "w:object"):
            self._drawing(item, look)
        elif kind in ("w:footnoteReference", "w:endnoteReference"):
            self._note(item, "footnotes" if kind == "w:footnoteReference" else "endnotes")
        elif kind == "w:commentReference":
            self._found.note(problem("dropped", what="nhận xét bên lề (comment)"))
        elif kind == "mc:AlternateContent":
            self._alternate(item, lambda inside: self._in_run(inside, look))
        elif kind == "w:ruby":
            self._children(item)

    def _add(self, text: str, look: Look) -> None:
        if not text:
            return
        if self._fields and not self._fields[-1].is_result:
            self._fields[-1].instruction += text
            return
        self._found.pieces.append(Piece(text, look))

    def _symbol(self, item: _Element, look: Look) -> None:
        code, font = attribute(item, "char") or "", attribute(item, "font") or ""
        if code and len(code) <= 4 and all(digit in "0123456789abcdefABCDEF" for digit in code):
            self._add(decoded(chr(int(code, 16)), font), look._replace(font=""))

    def _formula(self, item: _Element) -> None:
        colours = (self.look_of(found) for found in descendants(item, "w:rPr"))
        look = next((found for found in colours if found != PLAIN), PLAIN)
        token = self.objects.formula(latex_of_omml(item))
        is_alone = kind_of(item) == "m:oMathPara" and any(piece.text.strip() for piece in self._found.pieces)
        self._add(f"\n{token}" if is_alone and token else token, look._replace(script="", font=""))

    def _simple_field(self, item: _Element) -> None:
        equation = equation_in_field(attribute(item, "instr") or "")
        if equation is None:
            self._children(item)
        else:
            self._add(self.objects.formula(equation), self.look_of(None))

    def _field_mark(self, kind: str, look: Look) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            equation = equation_in_field(ended.instruction)
            symbol = symbol_in_field(ended.instruction)
            if equation is not None:
                self._add(self.objects.formula(equation), look._replace(script="", font=""))
            elif symbol is not None and not ended.is_result and symbol[0] < 0x10000:
                self._add(decoded(chr(symbol[0]), symbol[1]), look._replace(font=""))

    def _note(self, reference: _Element, kind: str) -> None:
        """A foot- or endnote in brackets where it is referred to."""
        note = self._notes[kind].pop(attribute(reference, "id") or "", None)
        if note is None:
            return
        outer, self._part = self._part, self.package.related(self.package.main, kind) or self._part
        texts = [self.read(paragraph) for paragraph in descendants(note, "w:p")]
        self._part = outer
        pieces = [piece._replace(look=piece.look._replace(script="")) for text in texts for piece in text.pieces]
        if any(piece.text.strip() for piece in pieces):
            while pieces and not pieces[0].text.strip():
                pieces.pop(0)
            first = pieces[0]._replace(text=pieces[0].text.lstrip())
            self._found.pieces += [Piece(" (", PLAIN), first, *pieces[1:], Piece(")", PLAIN)]
            self._found.note(problem("changed", what="chú thích cuối trang", meant="chữ trong ngoặc"))

    def _drawing(self, item: _Element, look: Look) -> None:
        embedded = next(descendants(item, "o:OLEObject"), None)
        if embedded is not None and self._is_read_as_equation(embedded, look):
            return
        found = look_into(item)
        for name, alt in found.pictures:
            self._picture(name, alt, look, is_floating=found.is_floating)
        self._found.boxes += found.boxes
        for what in found.drawn:
            self._found.note(problem("unreadable-part", what=what))
        if embedded is not None and found.is_empty:
            self._found.note(problem("unreadable-part", what="đối tượng nhúng"))

    def _is_read_as_equation(self, embedded: _Element, look: Look) -> bool:
        """Add the formula of an equation editor's object; False for other objects, and for one that can't be read."""
        target = self.package.relations_of(self._part).get(attribute(embedded, "id") or "")
        data = self.package.data(target.path) if target and not target.is_external else None
        if not is_equation(attribute(embedded, "ProgID") or "", data):
            return False
        try:
            latex = latex_of_equation(data or b"")
        except ValueError as error:
            self._found.note(problem("unreadable-part", what=f"công thức MathType ({str(error)[:80]})"))
            return False
        self._add(self.objects.formula(latex), look._replace(script="", font=""))
        return True

    def _picture(self, name: str, alt: str, look: Look, *, is_floating: bool) -> None:
        target = self.package.relations_of(self._part).get(name)
        if target is None or target.is_external or not self.package.has(target.path):
            self._found.note(problem("missing-image", image=(target.path if target else name)[:200] or "?"))
            return
        own = posixpath.basename(target.path).replace(" ", "_")
        while self.pictures.get(own, target.path) != target.path:
            own = f"_{own}"
        self.pictures[own] = target.path
        token, look = self.objects.picture(own, clean_alt(alt)), look._replace(script="", font="")
        if is_floating:
            self._found.floating.append(Piece(token, look))
        else:
            self._add(token, look)


_BLANKS = dict.fromkeys(map(ord, "\n\r\t"), " ")
_FIXED = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:softHyphen": "\u00ad",
}


def _notes_in(root: _Element | None) -> dict[str, _Element]:
    kinds = ("w:footnote", "w:endnote")
    return {
        attribute(note, "id") or "": note
        for note in (root if root is not None else ())
        if kind_of(note) in kinds and attribute(note, "type") in (None, "normal")
    }

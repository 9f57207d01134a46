"""Read MTEF, the binary form of equations made with Equation Editor 3 and MathType, into one tree.

Both versions in use are read: 3 (Equation Editor, ``Equation.3``) and 5 (MathType 4 and later, ``Equation.DSMT4``). The
tree speaks the templates of version 5; those of version 3 are translated by ``mtef_templates``.

Source: "MathType MTEF v. 5" and its predecessors, Design Science; https://rtf2latex2e.sourceforge.net/MTEF5.html.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from quizbank.questions.formats.mathematics.mtef_templates import Selector, of_version_3

MAX_BYTES = 1 << 20
MAX_DEPTH = 60
MAX_RECORDS = 20_000


class MtefError(ValueError):
    """The equation can't be read; the text says which record of it, and where."""


class Typeface(IntEnum):
    """Styles of characters. Only those that change how a character is read are told apart."""

    TEXT = 1
    FUNCTION = 2
    VARIABLE = 3
    VECTOR = 7
    NUMBER = 8
    USER_1 = 9
    USER_2 = 10
    TEXT_FAR_EAST = 12
    MARKER = 23
    SPACE = 24


@dataclass(frozen=True)
class Char:
    """A character by its MTCode, which is Unicode with a private area of its own.

    ``embellishments``: codes of marks over, under and through it. ``starts_function``: the first letter of ``sin``.
    """

    code: int
    typeface: int
    embellishments: tuple[int, ...] = ()
    starts_function: bool = False


@dataclass(frozen=True)
class Line:
    """A slot: what stands beside each other. ``is_null``: the slot is not there."""

    items: tuple["Node", ...]
    is_null: bool = False


@dataclass(frozen=True)
class Template:
    """A construct with slots; the meaning of ``variation`` and the order of ``parts`` depend on the selector."""

    selector: Selector
    variation: int
    parts: tuple["Node", ...]

    @property
    def slots(self) -> tuple["Line | Pile", ...]:
        return tuple(part for part in self.parts if isinstance(part, Line | Pile))

    @property
    def chars(self) -> tuple[Char, ...]:
        return tuple(part for part in self.parts if isinstance(part, Char))


@dataclass(frozen=True)
class Pile:
    """Lines under each other."""

    lines: tuple["Node", ...]


@dataclass(frozen=True)
class Matrix:
    """Rows and columns; ``cells`` row by row. ``alignment``: 1 left, 2 centre, 3 right."""

    rows: int
    columns: int
    alignment: int
    cells: tuple["Node", ...]


Node = Char | Line | Template | Pile | Matrix


class Tag(IntEnum):
    END = 0
    LINE = 1
    CHAR = 2
    TMPL = 3
    PILE = 4
    MATRIX = 5
    EMBELL = 6
    RULER = 7
    FONT = 8
    SIZE = 9
    COLOR = 15
    COLOR_DEF = 16
    FONT_DEF = 17
    EQN_PREFS = 18
    ENCODING_DEF = 19
    FUTURE = 100


TYPESIZES = range(10, 15)
NUDGED, CHAR_EMBELL, FUNCTION_START, CHAR_8, CHAR_16, NO_MTCODE = 0x08, 0x01, 0x02, 0x04, 0x10, 0x20
NULL, HAS_RULER, HAS_SPACING = 0x01, 0x02, 0x04
CHAR_EMBELL_3 = 0x02
CMYK, NAMED = 0x01, 0x04


def read_mtef(data: bytes) -> Line:
    """The equation of an MTEF stream (without the header of its OLE object).

    Raises:
        MtefError: it is cut off, of another version, too deep or holds a record that is not known.
    """
    if len(data) > MAX_BYTES:
        raise MtefError(f"{len(data)} bytes")
    try:
        return Line(tuple(_Reader(data).equation()))
    except (IndexError, struct.error) as error:
        raise MtefError("cut off") from error


class _Reader:
    """One pass over the bytes, one method for each record."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.version = 0
        self.records = 0

    def equation(self) -> Iterator[Node]:
        self.version = self.byte()
        if self.version not in (3, 5):
            raise MtefError(f"MTEF version {self.version}")
        self.at += 4
        if self.version == 5:
            self.text()
            self.byte()
        yield from self.objects(0, at_top=True)

    def byte(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value

    def word(self) -> int:
        (value,) = struct.unpack_from("<H", self.data, self.at)
        self.at += 2
        return int(value)

    def number(self) -> int:
        """One byte, or 255 and two."""
        value = self.byte()
        return self.word() if value == 0xFF else value

    def text(self) -> None:
        end = self.data.find(0, self.at)
        if end < 0:
            raise IndexError
        self.at = end + 1

    def nudge(self, options: int) -> None:
        if options & NUDGED:
            is_long = self.byte() == 128
            is_long = self.byte() == 128 and is_long
            self.at += 4 if is_long else 0

    def ruler(self, options: int) -> None:
        if options & HAS_RULER:
            self.byte()
            self.skip_ruler()

    def skip_ruler(self) -> None:
        stops = self.byte()
        self.at += 3 * stops

    def objects(self, depth: int, *, at_top: bool = False) -> Iterator[Node]:
        """The objects of a list up to its END; records that only dress them are passed over."""
        if depth > MAX_DEPTH:
            raise MtefError(f"deeper than {MAX_DEPTH}")
        while not (at_top and self.at >= len(self.data)):
            self.records += 1
            if self.records > MAX_RECORDS:
                raise MtefError(f"more than {MAX_RECORDS} records")
            tag = self.byte()
            options = 0
            if self.version == 3:
                tag, options = tag & 0x0F, tag >> 4
            if tag == Tag.END:
                return
            node = self.record(tag, options, depth)
            if node is not None:
                yield node

    def record(self, tag: int, options: int, depth: int) -> Node | None:
        match tag:
            case Tag.LINE | Tag.CHAR | Tag.TMPL | Tag.PILE | Tag.MATRIX:
                options = self.byte() if self.version == 5 else options
                self.nudge(options)
                return self.structure(tag, options, depth)
            case Tag.RULER:
                self.skip_ruler()
            case Tag.FONT:
                self.font()
            case Tag.SIZE:
                self.size()
            case _ if tag in TYPESIZES:
                pass
            case _ if self.version == 5:
                self.definition(tag)
            case _:
                raise MtefError(f"record {tag} at byte {self.at - 1}")
        return None

    def structure(self, tag: int, options: int, depth: int) -> Node:
        match tag:
            case Tag.LINE:
                return self.line(options, depth)
            case Tag.CHAR:
                return self.char(options)
            case Tag.TMPL:
                return self.template(depth)
            case Tag.PILE:
                self.at += 2
                self.ruler(options)
                return Pile(tuple(self.objects(depth + 1)))
            case _:
                return self.matrix(depth)

    def line(self, options: int, depth: int) -> Line:
        if options & HAS_SPACING:
            self.word()
        self.ruler(options)
        if options & NULL:
            return Line((), is_null=True)
        return Line(tuple(self.objects(depth + 1)))

    def char(self, options: int) -> Char:
        typeface = self.byte() - 128
        if self.version == 3:
            code = self.word()
            return Char(code, typeface, self.embellishments() if options & CHAR_EMBELL_3 else ())
        code = 0 if options & NO_MTCODE else self.word()
        position = self.byte() if options & CHAR_8 else self.word() if options & CHAR_16 else 0
        marks = self.embellishments() if options & CHAR_EMBELL else ()
        return Char(code or position, typeface, marks, bool(options & FUNCTION_START))

    def embellishments(self) -> tuple[int, ...]:
        found: list[int] = []
        while True:
            tag = self.byte()
            options = tag >> 4 if self.version == 3 else 0
            tag = tag & 0x0F if self.version == 3 else tag
            if tag == Tag.END:
                return tuple(found)
            if tag != Tag.EMBELL:
                raise MtefError(f"record {tag} among embellishments at byte {self.at - 1}")
            options = self.byte() if self.version == 5 else options
            self.nudge(options)
            found.append(self.byte())

    def template(self, depth: int) -> Template:
        at = self.at
        selector, variation = self.byte(), self.byte()
        if self.version == 5 and variation & 0x80:
            variation = (variation & 0x7F) | self.byte() << 8
        self.byte()
        parts = tuple(self.objects(depth + 1))
        try:
            if self.version == 3:
                return Template(*of_version_3(selector, variation), parts)
            return Template(Selector(selector), variation, parts)
        except (KeyError, ValueError) as error:
            raise MtefError(f"template {selector} ({variation}) at byte {at}") from error

    def matrix(self, depth: int) -> Matrix:
        self.byte()
        alignment = self.byte()
        self.byte()
        rows, columns = self.byte(), self.byte()
        self.at += (rows + 1 + 3) // 4 + (columns + 1 + 3) // 4
        return Matrix(rows, columns, alignment, tuple(self.objects(depth + 1)))

    def font(self) -> None:
        if self.version == 3:
            self.at += 2
            self.text()
        else:
            self.number()
            self.byte()

    def size(self) -> None:
        match self.byte():
            case 101:
                self.word()
            case 100:
                self.byte()
                self.word()
            case _:
                self.byte()

    def definition(self, tag: int) -> None:
        match tag:
            case Tag.COLOR:
                self.number()
            case Tag.COLOR_DEF:
                options = self.byte()
                self.at += 8 if options & CMYK else 6
                if options & NAMED:
                    self.text()
            case Tag.FONT_DEF:
                self.number()
                self.text()
            case Tag.EQN_PREFS:
                self.preferences()
            case Tag.ENCODING_DEF:
                self.text()
            case _ if tag >= Tag.FUTURE:
                length = self.number()
                self.at += length
            case _:
                raise MtefError(f"record {tag} at byte {self.at - 1}")

    def preferences(self) -> None:
        self.byte()
        for _array in ("sizes", "spaces"):
            self.dimensions(self.byte())
        for _style in range(self.byte()):
            if self.byte():
                self.byte()

    def dimensions(self, count: int) -> None:
        """An array of numbers in half bytes, each closed by 15; the array ends at a whole byte."""
        half = 0
        while count:
            value = self.data[self.at + half // 2] >> (0 if half % 2 else 4) & 0x0F
            count -= value == 0x0F
            half += 1
        self.at += (half + 1) // 2

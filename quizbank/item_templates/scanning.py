r"""Cuts a program into statements and a text into insertions, before any of it is parsed.

The language has the syntax of Python's expressions with one difference: a backslash in a quoted text is just a
backslash, so that ``"\frac{1}{2}"`` is written as in LaTeX. Every quoted text becomes a raw one here, and columns
are counted back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizbank.item_templates.errors import Place, TemplateError

MAX_EXPRESSION = 8_000
MAX_BRACKETS = 40
PAIRS = {")": "(", "]": "[", "}": "{"}
SIGNS = frozenset("+-*/%=<>,.:|&^()[]{} \t")
PREFIXES = {"", "f", "r", "fr", "rf"}
WORD = re.compile(r"[^\W\d]\w*")
NUMBER = re.compile(r"\d*\.?\d*")
INSERTION = re.compile(r"\{@(.*?)@\}", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A piece of the language as it is parsed: ``text`` stands in brackets; ``place`` is where it begins.

    ``added``: line of the text -> places, in characters, where a letter was put in.
    """

    text: str
    place: Place
    added: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def place_of(self, line: int, column_bytes: int) -> Place:
        """Where the character stands that a parser counts as ``line`` (from 1) and ``column_bytes`` (from 0)."""
        lines = self.text.split("\n")
        if line >= len(lines) > 1:
            line, column_bytes = len(lines) - 1, len(lines[-2].encode(errors="replace"))
        row = lines[line - 1].encode(errors="replace") if line <= len(lines) else b""
        column = len(row[:column_bytes].decode(errors="ignore"))
        column -= len([place for place in self.added.get(line, ()) if place < column])
        if line > 1:
            return Place(self.place.field, self.place.line + line - 1, column + 1)
        return Place(self.place.field, self.place.line, self.place.column + max(column - 1, 0))


@dataclass(frozen=True)
class Statement:
    """One line of a program: ``target = expression``, or ``require expression``."""

    target: str
    expression: Source
    place: Place
    is_requirement: bool = False


@dataclass
class _Reader:
    """Reads characters one by one, keeping the place."""

    text: str
    place: Place
    at: int = 0
    brackets: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    added: dict[int, tuple[int, ...]] = field(default_factory=dict)
    row: int = 1
    width: int = 1

    def fail(self, message: str, **facts: str) -> TemplateError:
        before = self.text[: self.at]
        line, column = before.count("\n"), self.at - (before.rfind("\n") + 1)
        start = self.place.column if not line else 1
        return TemplateError(message, Place(self.place.field, self.place.line + line, start + column), **facts)

    def put(self, piece: str) -> None:
        self.out.append(piece)
        self.width += len(piece)
        self.at += len(piece)

    def step(self) -> None:
        """Read one token."""
        letter = self.text[self.at]
        if letter in "\"'":
            self.quote("")
        elif letter == "#":
            end = self.text.find("\n", self.at)
            self.at = end if end >= 0 else len(self.text)
        elif letter == "\n":
            self.at, self.row, self.width = self.at + 1, self.row + 1, 0
            self.out.append("\n")
        elif letter.isdigit() or (letter == "." and self.text[self.at + 1 : self.at + 2].isdigit()):
            self.number()
        elif word := WORD.match(self.text, self.at):
            self.word(word[0])
        else:
            self.bracket(letter)

    def word(self, word: str) -> None:
        if self.text[self.at + len(word) : self.at + len(word) + 1] in {"'", '"'}:
            if word not in PREFIXES:
                raise self.fail("Chữ “{word}” không được đứng ngay trước dấu nháy.", word=word)
            self.at += len(word)
            return self.quote(word)
        if word != "_" and (not word.isascii() or word.startswith("_") or "__" in word):
            raise self.fail(
                "Tên “{word}” không dùng được: chỉ dùng chữ cái không dấu, chữ số và dấu gạch dưới ở giữa.", word=word
            )
        return self.put(word)

    def number(self) -> None:
        found = NUMBER.match(self.text, self.at)
        digits = found[0] if found else ""
        after = self.text[self.at + len(digits) : self.at + len(digits) + 1]
        if not digits.isascii() or not digits or len(digits) > 60 or after.isalnum() or after in {"_", "."}:
            raise self.fail("Số viết không đúng: chỉ dùng chữ số và dấu chấm thập phân, ví dụ 12 hoặc 2.5.")
        self.put(digits)

    def quote(self, prefix: str) -> None:
        """A quoted text, made raw."""
        mark = self.text[self.at]
        if self.text.startswith(mark * 3, self.at):
            raise self.fail("Chỉ dùng một dấu nháy ở mỗi đầu đoạn chữ, không dùng ba dấu liền nhau.")
        end = self.at + 1
        while end < len(self.text) and self.text[end] not in {mark, "\n"}:
            end += 2 if self.text[end] == "\\" and self.text[end + 1 : end + 2] != "\n" else 1
        if self.text[end : end + 1] != mark:
            raise self.fail("Đoạn chữ bắt đầu ở đây thiếu dấu nháy đóng trên cùng dòng.")
        self.out.append(prefix)
        self.width += len(prefix)
        if "r" not in prefix:
            self.added[self.row] = (*self.added.get(self.row, ()), self.width)
            self.out.append("r")
            self.width += 1
        self.put(self.text[self.at : end + 1])

    def bracket(self, letter: str) -> None:
        if letter in "([{":
            self.brackets.append(letter)
            if len(self.brackets) > MAX_BRACKETS:
                raise self.fail("Quá nhiều ngoặc lồng nhau.")
        elif letter in PAIRS and (not self.brackets or self.brackets.pop() != PAIRS[letter]):
            raise self.fail("Ngoặc “{letter}” không có ngoặc mở tương ứng.", letter=letter)
        elif not self._is_sign(letter):
            raise self.fail("Không dùng được kí tự “{letter}” ở đây.", letter=letter)
        self.put(" " if letter == "\t" else letter)

    def _is_sign(self, letter: str) -> bool:
        if letter == "!":
            return self.text[self.at + 1 : self.at + 2] == "="
        return letter in SIGNS


def scan_expression(text: str, place: Place) -> Source:
    """One expression.

    Raises:
        TemplateError: it is empty or too long, a bracket or a quote is left open, a sign is not of the language.
    """
    if len(text) > MAX_EXPRESSION:
        raise TemplateError("Biểu thức dài quá {limit} kí tự.", place, limit=MAX_EXPRESSION)
    reader = _Reader(text, place)
    while reader.at < len(text):
        reader.step()
    return _source(reader, place)


def _source(reader: _Reader, place: Place) -> Source:
    if reader.brackets:
        raise reader.fail("Thiếu ngoặc đóng cho “{letter}”.", letter=reader.brackets[-1])
    written = "".join(reader.out)
    if not written.strip():
        raise TemplateError("Thiếu biểu thức ở đây.", place)
    return Source(f"({written}\n)", place, reader.added)


def scan_program(text: str, field_name: str) -> Iterator[Statement]:
    """The statements of a program: ``name = …``, ``a, b = …``, ``name(a, b) = …`` and ``require …``.

    A statement ends with its line, unless a bracket is open.
    """
    start = 0
    while start < len(text):
        reader = _Reader(text[start:], Place(field_name, text.count("\n", 0, start) + 1, 1))
        equals, limit = -1, len(reader.text)
        while reader.at < limit and (reader.brackets or reader.text[reader.at] != "\n"):
            if not reader.brackets and equals < 0 and _assigns(reader.text, reader.at):
                equals = reader.at
                reader.put("=")
            else:
                reader.step()
        yield from _statement(reader, equals)
        start += reader.at + 1


def _assigns(text: str, at: int) -> bool:
    return text[at] == "=" and text[at + 1 : at + 2] != "=" and (at == 0 or text[at - 1] not in "=!<>")


def _statement(reader: _Reader, equals: int) -> Iterator[Statement]:
    line = reader.text[: reader.at]
    if not "".join(reader.out).strip():
        return
    place = Place(reader.place.field, reader.place.line, 1 + len(line) - len(line.lstrip()))
    required = re.match(r"\s*require\b", line)
    if required:
        rest = Place(place.field, place.line, required.end() + 1)
        yield Statement("", scan_expression(line[required.end() :], rest), place, is_requirement=True)
    elif equals >= 0:
        rest = Place(place.field, place.line, equals + 2)
        yield Statement(line[:equals].strip(), scan_expression(line[equals + 1 :], rest), place)
    else:
        if reader.brackets:
            raise reader.fail("Thiếu ngoặc đóng cho “{letter}”.", letter=reader.brackets[-1])
        raise TemplateError("Mỗi dòng phải có dạng “tên = biểu thức” hoặc “require điều kiện”.", place)


def scan_text(text: str, place: Place) -> Iterator[str | Source | None]:
    """The pieces of a markup source: what is written, and the expressions of ``{@ … @}``; None for ``{@ ? @}``."""
    at = 0
    for found in INSERTION.finditer(text):
        yield text[at : found.start()]
        yield None if found[1].strip() == "?" else scan_expression(found[1], _place_in(text, found.start(1), place))
        at = found.end()
    rest = text[at:]
    if "{@" in rest:
        raise TemplateError("Chỗ chèn “{{@” thiếu “@}}” đóng.", _place_in(text, at + rest.index("{@"), place))
    yield rest


def _place_in(text: str, at: int, place: Place) -> Place:
    line = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    return Place(place.field, place.line + line, column + (place.column if not line else 1))

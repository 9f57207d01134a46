"""Cut a GIFT file into its questions, line by line and without keeping the file.

Questions are parted by blank lines. A blank line inside an answer's braces parts nothing as long as the answer goes on
below it, and a title (``::``) or a category begins something new even where the blank line was forgotten.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MAX_BLOCK = 24_000_000
"""Characters of one question; pictures inside it (``data:`` URIs) count."""

CATEGORY = "$CATEGORY:"
_COMMENT = re.compile(r"\s*//")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_GOES_ON = re.compile(r"\s*[=~}#]")
_BEGINS = re.compile(r"\s*::")
_ID = re.compile(r"\[id:((?:\\.|[^\]\\]){1,300})\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\]){1,300})\]")
_ESCAPED = re.compile(r"\\(.)")


@dataclass
class Block:
    """The lines of one question: without comments in ``text``, as they stand in ``source``."""

    first: int
    last: int
    text: str
    source: str
    id: str = ""
    tags: tuple[str, ...] = ()
    is_category: bool = False
    is_too_long: bool = False


@dataclass
class _Growing:
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0
    depth: int = 0
    length: int = 0
    has_answers: bool = False

    def add(self, number: int, line: str) -> None:
        is_comment = bool(_COMMENT.match(line))
        if not self.first and not is_comment:
            self.first = number
        if line.strip():
            self.last = number
        if not is_comment:
            for brace in _BRACES.findall(line) if "{" in line or "}" in line else ():
                self.depth = {"{": self.depth + 1, "}": max(0, self.depth - 1)}.get(brace, self.depth)
                self.has_answers = self.has_answers or brace == "}"
        self.length += len(line)
        if self.length <= MAX_BLOCK:
            self.lines.append(line)
            self.comments += [line] if is_comment else []

    @property
    def is_begun(self) -> bool:
        return len(self.lines) > len(self.comments)

    def block(self) -> Block:
        is_comment = [bool(_COMMENT.match(line)) for line in self.lines]
        start = next((place for place, comment in enumerate(is_comment) if not comment), 0)
        text = "\n".join("" if comment else line for line, comment in zip(self.lines, is_comment, strict=True))
        remarks = "\n".join(self.comments)
        found = _ID.search(remarks) if "[" in remarks else None
        return Block(
            first=self.first,
            last=self.last,
            text=text,
            source="\n".join(self.lines[start:]).strip("\n"),
            id=_unescaped(found[1]) if found else "",
            tags=tuple(_unescaped(tag) for tag in _TAG.findall(remarks)) if "[" in remarks else (),
            is_too_long=self.length > MAX_BLOCK,
        )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def cut_gift(lines: Iterable[str]) -> Iterator[Block]:
    """The questions and categories of a file, in order, from its lines without their ends."""
    growing = _Growing()
    held: list[tuple[int, str]] = []
    is_waiting = False
    for number, line in enumerate(lines, start=1):
        if line.startswith("\ufeff") and number == 1:
            line = line[1:]
        if not line.strip():
            if growing.is_begun and not growing.depth:
                yield growing.block()
                growing = _Growing()
            is_waiting = growing.is_begun
            continue
        if is_waiting and _COMMENT.match(line):
            held.append((number, line))
            continue
        is_category = line.lstrip().startswith(CATEGORY)
        is_new = is_category or (_BEGINS.match(line) and growing.has_answers and not growing.depth)
        if growing.is_begun and (is_new or (is_waiting and not _GOES_ON.match(line))):
            yield growing.block()
            growing = _Growing()
        elif is_waiting:
            growing.add(number - 1, "")
        for place, comment in held:
            growing.add(place, comment)
        held, is_waiting = [], False
        if is_category:
            yield Block(number, number, line.strip().removeprefix(CATEGORY).strip(), line, is_category=True)
            continue
        growing.add(number, line)
    if growing.is_begun:
        yield growing.block()
